import { parseArgs } from "node:util";
import { adoptRunningEnvironment, runTool } from "#lib/runtime/running-environment.ts";

/** `npm run seed -- <scenario>`: fills the database of the running product. Each prints how to see what it made. */
type Scenario = {
  about: string;
  run(options: { url: string; conversations: number; messages: number }): Promise<string>;
};

const SCENARIOS: Record<string, () => Promise<Scenario>> = {
  demo: async () => (await import("./seed/scenarios/demo.ts")).demo,
  "busy-inbox": async () => (await import("./seed/scenarios/busy-inbox.ts")).busyInbox,
};

await runTool(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      conversations: { type: "string", default: "10000" },
      messages: { type: "string", default: "100000" },
    },
  });
  const load = SCENARIOS[positionals[0] ?? ""];
  if (!load) {
    for (const [name, scenario] of Object.entries(SCENARIOS))
      console.log(`${name.padEnd(12)} ${(await scenario()).about}`);
    return;
  }
  const { url } = await adoptRunningEnvironment();
  const scenario = await load();
  const started = Date.now();
  const told = await scenario.run({
    url,
    conversations: Number(values.conversations),
    messages: Number(values.messages),
  });
  console.log(`${told}\nDone in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
});
