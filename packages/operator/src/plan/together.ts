import type { NodeRole } from "pairctl/contract";
import type { Finding } from "./finding.ts";
import type { PlannedPair } from "./pairs.ts";

const BOTH =
  "; Terraform does this to both nodes at about the same time, so that nobody serves until the first one is back";

/**
 * What the changes of a pair do together. Both nodes stopped is another thing than one of them. One of them is no outage
 * where it is known to be the standby.
 *
 * @param holder the node that has the address while the plan is made, as far as that is known
 */
export function atOnce(findings: readonly Finding[], pair: PlannedPair, holder: NodeRole | undefined): Finding[] {
  const stopped = new Set(findings.filter(({ verdict }) => verdict === "node-restarts").map(({ role }) => role));
  const isBoth = stopped.has("primary") && stopped.has("secondary");
  return findings.map((finding) => {
    if (finding.verdict !== "node-restarts") return finding;
    if (isBoth) return { ...finding, verdict: "both-nodes", reason: `${finding.reason}${BOTH}`, refused: true };
    return { ...finding, ...alone(finding, pair, holder) };
  });
}

function alone({ role, reason, remedy }: Finding, { vips }: PlannedPair, holder: NodeRole | undefined) {
  const [vip] = vips;
  if (holder === undefined) return { reason: `${reason}; which node has ${vip} now is not known from the plan` };
  if (role !== holder) {
    return { reason: `${reason}; the ${holder} has ${vip} now, and serves meanwhile`, refused: false };
  }
  const drained = remedy?.startsWith("pair drain") === true ? remedy : `pair drain first, then ${remedy ?? "deploy"}`;
  return { reason: `${reason}; it has ${vip} now, so that the address moves with an outage`, remedy: drained };
}
