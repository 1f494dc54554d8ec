import type { Outcome } from "../exit-codes.ts";
import { failuresOf } from "../node/doctor.ts";
import { holderOf, inabilityOf, isAble, isServing, type NodeView, type PairView, peerOf } from "./pair-view.ts";

/** Whether something is so; `unknown` where nobody could be asked. */
export type Answer = "yes" | "no" | "unknown";

/** What a view of a pair comes to. */
export interface Judgement {
  readonly outcome: Extract<Outcome, "well" | "degraded" | "nobodyServes" | "unknown">;
  readonly serves: Answer;
  readonly standbyAble: Answer;
  /** What is not as it must be, a sentence each with what to do. */
  readonly problems: readonly string[];
}

/** Judges a view of a pair. Only what was seen to be well is well. */
export function judge(view: PairView): Judgement {
  const serves = servesAnswer(view);
  const standbyAble = standbyAnswer(view);
  const problems = [...addressProblems(view), ...nodeProblems(view), ...standbyProblems(view, serves)];
  return { outcome: outcomeOf(serves, problems), serves, standbyAble, problems };
}

function outcomeOf(serves: Answer, problems: readonly string[]): Judgement["outcome"] {
  if (serves === "no") return "nobodyServes";
  if (serves === "unknown") return "unknown";
  return problems.length === 0 ? "well" : "degraded";
}

/**
 * Whether the node to which the cloud sends the traffic is MASTER. Where it cannot be asked, a BACKUP that hears its
 * adverts, and sees the address there, is a witness.
 */
function servesAnswer(view: PairView): Answer {
  const holder = holderOf(view);
  if (holder === undefined) return "no";
  if (holder.instance.state !== "RUNNING") return "no";
  if (holder.report !== undefined)
    return isServing(holder) ? "yes" : holder.report.vrrp === undefined ? "unknown" : "no";
  const { report } = peerOf(view, holder);
  const isWitness = report?.vrrp === "BACKUP" && report.receipts.every(({ agree }) => agree === "yes");
  return isWitness && report.receipts.length > 0 ? "yes" : "unknown";
}

function standbyAnswer(view: PairView): Answer {
  const holder = holderOf(view);
  if (holder === undefined) return "unknown";
  const standby = peerOf(view, holder);
  if (isAble(standby)) return "yes";
  return standby.report === undefined && standby.instance.state === "RUNNING" ? "unknown" : "no";
}

function addressProblems({ cloud }: PairView): string[] {
  return cloud.addresses.flatMap(({ vip, holder, holderId, publicIp, wantsPublicIp }) => [
    ...(holder === "primary" || holder === "secondary"
      ? []
      : [`${vip}: ${PLACES[holder]}${holderId ? ` (${holderId})` : ""}`]),
    ...(wantsPublicIp && publicIp === undefined
      ? [`${vip}: no public address reaches it: see its EIP in the console`]
      : []),
  ]);
}

/** Where an address is that no node has. */
const PLACES = {
  parked: "no node has taken it yet, it waits on the parking network interface: see 'pair doctor'",
  nobody: "nobody has it: see 'pair doctor'",
  foreign: "something that is not the pair's has it",
} as const;

function nodeProblems(view: PairView): string[] {
  const masters = view.nodes.filter(({ report }) => report?.vrrp === "MASTER");
  return [
    ...(masters.length > 1 ? ["both nodes are MASTER: allow protocol 112 between them, see 'pair doctor'"] : []),
    ...view.nodes.flatMap(({ node, report }) =>
      report !== undefined && report.differingFiles.length > 0
        ? [
            `${node.role}: does not run what the stack says, ${report.differingFiles.join(", ")} differ: 'pair push' delivers it`,
          ]
        : [],
    ),
  ];
}

/** Of the node that serves nothing but that it does; of the other that it could. */
function standbyProblems(view: PairView, serves: Answer): string[] {
  const holder = holderOf(view);
  if (holder === undefined) return view.nodes.flatMap((each) => sentence(each, inabilityOf(each)));
  const own = serves === "yes" && holder.report !== undefined ? [] : sentence(holder, servingProblem(holder));
  return [...own, ...doctorProblems(holder), ...sentence(peerOf(view, holder), inabilityOf(peerOf(view, holder)))];
}

function servingProblem({ instance, report, unreachable }: NodeView): string {
  if (instance.state !== "RUNNING") return `has the address, and its instance is ${instance.state}`;
  if (report === undefined) return `has the address, and cannot be reached: ${unreachable ?? "no answer"}`;
  return `has the address, and its keepalived is ${report.vrrp ?? "in an unknown state"}: see 'pair doctor'`;
}

function doctorProblems(serving: NodeView): string[] {
  return failuresOf(serving.report?.doctor ?? []).flatMap((line) => sentence(serving, `its doctor says '${line}'`));
}

function sentence({ node }: NodeView, problem: string | undefined): string[] {
  return problem === undefined ? [] : [`${node.role}: ${problem}`];
}
