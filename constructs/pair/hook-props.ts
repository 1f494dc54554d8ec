import { Token } from "cdktf";
import { type Tuning, TUNING_ROWS } from "../contract";
import { PropError, requireLiteral } from "../validation";

/** How the hook goes about its job. Limits and defaults are the hook's own. */
export type HookProps = Tuning;

/** The hook's own of a pair's props; what is left out is left to the hook's default. */
export function hookPropsOf(props: HookProps): HookProps {
  const given = Object.entries(props).filter(([prop, value]) => prop in TUNING_ROWS && value !== undefined);
  return Object.fromEntries(given) as HookProps;
}

/** Refuses what the hook could not work with. */
export function requireHookProps(props: HookProps): void {
  for (const [prop, value] of Object.entries(hookPropsOf(props))) {
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
    throw new PropError("settleMs", settleMs, `must be below deadlineMs, ${deadlineMs}`, "no run would live to see it");
  }
}

function requireRule(prop: string, value: unknown, rule: { violation(value: unknown): string | undefined }): void {
  const requirement = rule.violation(value);
  if (requirement !== undefined) {
    throw new PropError(prop, value, `must be ${requirement}`, "correct it, or leave it out for the default");
  }
}
