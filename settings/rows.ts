import { z } from "zod";
import type { Rows, Rule } from "../packages/pairctl/src/contract/index.ts";

/**
 * The schema of a section of the settings file whose keys the contract says. Each key may be left out: the contract's
 * default holds then.
 */
export function rows<R extends Rows>(section: R) {
  const keys = Object.entries(section).map(([key, rule]) => [key, schemaOf(rule).optional()]);
  return z.strictObject(Object.fromEntries(keys) as { [K in keyof R]: z.ZodOptional<z.ZodType<ValueIn<R[K]>>> });
}

type ValueIn<R> = R extends Rule<infer Value> ? Value : never;

/** The type only: limits are said by the constructs, see `rules.ts`. */
function schemaOf(rule: Rule<unknown>): z.ZodType {
  switch (rule.kind) {
    case "integer":
    case "number":
      return z.number();
    case "flag":
      return z.boolean();
    case "list":
      return z.array(rule.items === undefined ? z.unknown() : schemaOf(rule.items));
    case "object":
      return z.looseObject({});
    default:
      return z.string();
  }
}
