import { z } from "zod";
import { type Rows, type Rule, violation } from "../packages/pairctl/src/contract/index.ts";

/**
 * The schema of a section of the settings file whose keys the contract says. Each key may be left out: the contract's
 * default holds then.
 */
export function rows<R extends Rows>(section: R) {
  const keys = Object.entries(section).map(([key, rule]) => [key, schemaOf(rule).optional()]);
  return z.strictObject(Object.fromEntries(keys) as { [K in keyof R]: z.ZodOptional<z.ZodType<ValueIn<R[K]>>> });
}

type ValueIn<R> = R extends Rule<infer Value> ? Value : never;

/** The type is said by zod, so that its error names it; limits are the rule's own. */
function schemaOf(rule: Rule<unknown>): z.ZodType {
  const type = { integer: z.number(), flag: z.boolean(), list: z.array(z.unknown()), object: z.looseObject({}) };
  const schema: z.ZodType = rule.kind in type ? type[rule.kind as keyof typeof type] : z.string();
  return schema.superRefine((value, context) => {
    const requirement = violation(rule, value);
    if (requirement !== undefined) context.addIssue(`must be ${requirement}`);
  });
}
