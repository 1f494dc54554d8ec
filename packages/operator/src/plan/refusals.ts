import { DO_IT } from "./commands.ts";
import type { Finding } from "./finding.ts";
import type { Plan } from "./plan.ts";
import type { CheckResult } from "./plan-json.ts";
import { VERDICTS } from "./verdict.ts";

/** Why Terraform refuses a plan: the conditions of the stack that do not hold. A `check` block only warns. */
export function refusalsOf({ json }: Plan): string[] {
  const failed = (json.checks ?? []).filter(({ status, address }) => isFailed(status) && address.kind !== "check");
  const messages = [...new Set(failed.flatMap(problemsOf))];
  if (json.errored === true && messages.length === 0) {
    return ["Terraform could not finish this plan: 'terraform plan' says why"];
  }
  return messages;
}

/**
 * With a local backend the state goes by the stack's name, so that a renamed stack makes a second pair and forgets the first:
 * the stack has a check of its own for that (settings/backend.ts).
 */
export function renamedStack({ json, pairs }: Plan): Finding[] {
  const check = (json.checks ?? []).find(
    ({ address, status }) => address.kind === "check" && address.name === "renamed_stack" && isFailed(status),
  );
  if (check === undefined) return [];
  return [
    {
      pair: pairs[0]?.name ?? "",
      address: check.address.to_display,
      noun: "name of the stack",
      action: "create",
      what: "another stack's state is in the folder",
      verdict: "half-done",
      reason: problemsOf(check).join(" ").replace(/\.$/, ""),
      remedy: `rename the state file as the stack is named now, and ${DO_IT.deploy}; or change the name back`,
      refused: VERDICTS["half-done"].refused,
    },
  ];
}

function isFailed(status: CheckResult["status"]): boolean {
  return status === "fail" || status === "error";
}

function problemsOf({ instances = [], address }: CheckResult): string[] {
  const problems = instances.flatMap(({ problems = [] }) => problems.map(({ message }) => message));
  return problems.length > 0 ? problems : [`the condition of ${address.to_display} does not hold`];
}
