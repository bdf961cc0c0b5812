import { type Product, startProduct } from "#__tests__/support/start-product.ts";
import { createControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import { judge, type Verdict } from "./judge.ts";
import { playPeople } from "./people.ts";
import { type Unrest, unrest, untilQuiet } from "./quiet.ts";
import { type ScriptOptions, writeScript } from "./script.ts";
import { Shop } from "./shop.ts";
import { type Damage, rage } from "./storm.ts";

export type ChaosOptions = ScriptOptions & {
  quietMs: number;
  env?: Record<string, string>;
  /** Called with the running product before it is stopped. */
  beforeStop?(product: Product): Promise<void>;
};

export type ChaosResult = Verdict & {
  seed: number;
  damage: Damage;
  /** What was still under way when the wait was over. */
  unrest: Unrest;
  seconds: { storm: number; quiet: number };
};

/** What lost webhooks left out is found when records are compared, every three minutes. */
const HEALING_MS = 8 * 60_000;

/** Starts the product, lets a shop and its customers talk while parts are killed, and counts. */
export async function runChaos(
  options: ChaosOptions,
  say: (line: string) => void = () => {},
): Promise<ChaosResult> {
  const script = writeScript(options);
  const product = await startProduct({ env: { LOG_LEVEL: "info", ...options.env } });
  try {
    const phones = createControlClient({ url: product.sandboxUrl });
    const shop = await Shop.open(product.url, phones);
    const startedAt = Date.now();
    const storm = rage(script, phones, shop.instance, product.parts);
    await Promise.all([playPeople(script, shop, phones), storm]);
    const calmAt = Date.now();
    say(`storm over after ${seconds(calmAt - startedAt)} s`);
    const ask = () => unrest(product.databaseUrl, phones, shop.instance);
    let left = await untilQuiet(ask, options.quietMs);
    let verdict = await judge(script, shop, phones);
    const healedBy = Date.now() + (options.withSlowFaults ? HEALING_MS : 0);
    while (!isClean(verdict) && Date.now() < healedBy) {
      left = await untilQuiet(ask, options.quietMs);
      verdict = await judge(script, shop, phones);
      await new Promise((resolve) => setTimeout(resolve, 5000));
    }
    const times = { storm: seconds(calmAt - startedAt), quiet: seconds(Date.now() - calmAt) };
    await options.beforeStop?.(product);
    return { ...verdict, seed: options.seed, damage: await storm, unrest: left, seconds: times };
  } finally {
    await product.stop();
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}

export function isClean({ faults }: Verdict): boolean {
  return Object.values(faults).every((count) => count === 0);
}
