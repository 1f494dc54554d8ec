import { Token } from "cdktf";
import { type Rule, type Tuning, TUNING_ROWS, violation, type WithEveryKey } from "../contract";
import * as shape from "../props/shape";
import { PropError, requireLiteral } from "../props/validation";

/** How pairctl goes about its job. Limits and defaults are pairctl's own. */
export type PairctlProps = Tuning;

/** The kinds of {@link PairctlProps}, after the rows of the contract. */
export const PAIRCTL_PROPS = Object.fromEntries(
  Object.entries(TUNING_ROWS).map(([prop, rule]) => [prop, shape.optional(fieldOf(rule))]),
) as shape.Shape<PairctlProps>;

function fieldOf(rule: Rule<unknown>): shape.RequiredField {
  const { min = 0, max = Infinity } = rule;
  const example = String(rule.default ?? rule.example);
  switch (rule.kind) {
    case "integer":
      return shape.integer(min, [min, max]);
    case "number":
      return shape.number(min, [min, max]);
    case "flag":
      return shape.flag();
    case "list": {
      const list = shape.list(fieldOf(rule.items as Rule<unknown>), JSON.stringify(rule.default));
      return shape.described(list, { minItems: 1 });
    }
    case "choice":
      return shape.oneOf(...(rule.choices ?? []).map(String));
    default:
      return rule.pattern ? shape.matching(example, rule.pattern) : shape.text(example);
  }
}

/**
 * pairctl's own of a pair's props, each of them; what is left out, or as by default, is undefined: pairctl has the
 * defaults, and user data is short of room.
 */
export function pairctlPropsOf(props: PairctlProps): WithEveryKey<PairctlProps> {
  const names = Object.keys(TUNING_ROWS) as (keyof PairctlProps)[];
  const told = names.map((prop) => [prop, isDefault(prop, props[prop]) ? undefined : props[prop]]);
  return Object.fromEntries(told) as WithEveryKey<PairctlProps>;
}

const isDefault = (prop: keyof PairctlProps, value: unknown) =>
  JSON.stringify(value) === JSON.stringify(TUNING_ROWS[prop].default);

/** Refuses what pairctl could not work with. */
export function requirePairctlProps(props: PairctlProps): void {
  for (const [prop, value] of Object.entries(pairctlPropsOf(props))) {
    if (value === undefined) continue;
    const rule = TUNING_ROWS[prop as keyof Tuning];
    if (rule.kind === "origin" && Token.isUnresolved(value)) continue;
    if (rule.kind === "list" && Array.isArray(value)) {
      value.forEach((item, index) => {
        if (!Token.isUnresolved(item)) requireRule(`${prop}[${index}]`, item, rule.items ?? rule);
      });
      if (value.length > 0) continue;
    }
    if (typeof value === "number") requireLiteral(prop, value);
    requireRule(prop, value, rule);
  }
  const { settleMs, deadlineMs } = props;
  if (settleMs !== undefined && deadlineMs !== undefined && settleMs >= deadlineMs) {
    throw new PropError(
      "settleMs",
      settleMs,
      `must be below deadlineMs, ${deadlineMs}`,
      "lower settleMs, or raise deadlineMs",
    );
  }
}

function requireRule(prop: string, value: unknown, rule: Rule<unknown>): void {
  const requirement = violation(rule, value);
  if (requirement !== undefined) {
    throw new PropError(prop, value, `must be ${requirement}`, "correct it, or leave it out for the default");
  }
}
