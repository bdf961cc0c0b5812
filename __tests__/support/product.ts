import { inject } from "vitest";
import { type Product, type ProductAddresses, partsOf, START_TIMEOUT_MS } from "./start-product.ts";

declare module "vitest" {
  export interface ProvidedContext {
    productServer: string;
  }
}

/** The product that all browser tests share; it ends with the run. Tests make their own tenant in it. */
export async function sharedProduct(): Promise<ProductAddresses & Pick<Product, "parts">> {
  const response = await fetch(inject("productServer"), { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
  const text = await response.text();
  if (!response.ok) throw new Error(`The product does not start: ${text}`);
  const addresses: ProductAddresses = JSON.parse(text);
  return { ...addresses, parts: () => partsOf(addresses.dataDir) };
}
