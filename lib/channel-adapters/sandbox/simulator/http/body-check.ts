import { isObject, type JsonObject } from "../json.ts";
import { GatewayError } from "./replies.ts";

/** The part of JSON schema the gateway uses, with its own words for what is wrong (evolution CONTRACT section 3). */
export type Rule = {
  type?: "string" | "boolean" | "integer" | "number" | "object" | "array";
  enum?: readonly string[];
  required?: readonly string[];
  properties?: Record<string, Rule>;
  items?: Rule;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  pattern?: string;
  /** Replaces every text about this field. */
  description?: string;
};

const IS_OF_TYPE: Record<NonNullable<Rule["type"]>, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  object: isObject,
  array: Array.isArray,
};

function problems(value: unknown, rule: Rule, path: string): string[] {
  const say = (text: string): string => rule.description ?? `${path} ${text}`;
  if (rule.type && !IS_OF_TYPE[rule.type](value)) return [say(`is not of a type(s) ${rule.type}`)];
  const found: string[] = [];
  if (rule.enum && !(typeof value === "string" && rule.enum.includes(value)))
    found.push(say(`is not one of enum values: ${rule.enum.join(",")}`));
  if (typeof value === "string") {
    if (rule.minLength !== undefined && value.length < rule.minLength)
      found.push(say(`does not meet minimum length of ${rule.minLength}`));
    if (rule.pattern !== undefined && !new RegExp(rule.pattern).test(value))
      found.push(say(`does not match pattern ${JSON.stringify(rule.pattern)}`));
  }
  if (typeof value === "number") {
    if (rule.minimum !== undefined && value < rule.minimum)
      found.push(say(`must be greater than or equal to ${rule.minimum}`));
    if (rule.maximum !== undefined && value > rule.maximum)
      found.push(say(`must be less than or equal to ${rule.maximum}`));
  }
  if (Array.isArray(value)) found.push(...listProblems(value, rule, path, say));
  if (isObject(value)) found.push(...objectProblems(value, rule, path));
  return found;
}

function listProblems(value: unknown[], rule: Rule, path: string, say: (text: string) => string): string[] {
  const found: string[] = [];
  if (rule.minItems !== undefined && value.length < rule.minItems)
    found.push(say(`does not meet minimum length of ${rule.minItems}`));
  if (rule.maxItems !== undefined && value.length > rule.maxItems)
    found.push(say(`does not meet maximum length of ${rule.maxItems}`));
  if (rule.uniqueItems && new Set(value.map((item) => JSON.stringify(item))).size !== value.length)
    found.push(say("contains duplicate item"));
  const items = rule.items;
  if (items) found.push(...value.flatMap((item, index) => problems(item, items, `${path}[${index}]`)));
  return found;
}

function objectProblems(value: JsonObject, rule: Rule, path: string): string[] {
  const fields = Object.entries(rule.properties ?? {}).flatMap(([name, field]) =>
    value[name] === undefined
      ? []
      : problems(value[name], field, path === "instance" ? name : `${path}.${name}`),
  );
  const missing = (rule.required ?? [])
    .filter((name) => value[name] === undefined)
    .map((name) => `${path} requires property "${name}"`);
  return [...fields, ...missing];
}

export function bodyProblems(body: JsonObject, rule: Rule): string[] {
  return problems(body, { type: "object", ...rule }, "instance");
}

/** Refuses a body that breaks the rules: 400 with an array in an array. */
export function checkBody(body: JsonObject, rule: Rule): void {
  const found = bodyProblems(body, rule);
  if (found.length > 0) throw new GatewayError(400, [found]);
}
