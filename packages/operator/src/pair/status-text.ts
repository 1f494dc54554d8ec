import type { Judgement } from "./judge.ts";
import { holderOf, isAble, type NodeView, type PairView } from "./pair-view.ts";

/** A view of a pair for people: who serves in the first line, then the addresses, the nodes, and what is wrong. */
export function statusLines(view: PairView, judgement: Judgement): string[] {
  const { pair, cloud, nodes } = view;
  return [
    `${pair.name}: ${headline(view, judgement)}`,
    "",
    ...cloud.addresses.map(
      ({ vip, holder, publicIp, wantsPublicIp }) =>
        `${vip}  holder: ${holder}  public address: ${publicIp ?? (wantsPublicIp ? "MISSING" : "none")}`,
    ),
    ...nodes.map((node) => nodeLine(node)),
    ...(judgement.problems.length === 0 ? [] : ["", ...judgement.problems.map((problem) => `! ${problem}`)]),
  ];
}

function headline(view: PairView, { serves, standbyAble }: Judgement): string {
  const holder = holderOf(view);
  const since = holder?.report?.since === undefined ? "" : ` since ${seconds(holder.report.since)}`;
  const who = {
    yes: `the ${holder?.node.role} serves${since}`,
    no: "NOBODY SERVES",
    unknown: "it is not known who serves",
  }[serves];
  const standby = {
    yes: "the standby can take over",
    no: "the standby can NOT take over",
    unknown: "it is not known whether the standby could take over",
  }[standbyAble];
  return `${who}; ${standby}`;
}

/** The time that a node has written down, without its parts of a second. */
function seconds(time: string): string {
  return time.replace(/[,.]\d+/, "");
}

function nodeLine({ node, instance, report, unreachable }: NodeView): string {
  const start = `${node.role.padEnd(9)}  ${node.instanceId}  ${node.privateIp}  ${instance.state}`;
  if (report === undefined) return `${start}  not reached: ${unreachable ?? "no answer"}`;
  const agree = report.receipts.map((receipt) => receipt.agree).join(", ") || "unknown";
  const words = [
    report.vrrp ?? "unknown",
    `agree: ${agree}`,
    report.differingFiles.length === 0 ? "in step" : "NOT in step",
  ];
  return `${start}  ${words.join("  ")}${report.isDrained ? "  drained" : ""}`;
}

/** The same for programs. */
export function statusJson(view: PairView, { outcome, serves, standbyAble, problems }: Judgement) {
  const holder = holderOf(view);
  return {
    pair: view.pair.name,
    mechanism: view.pair.mechanism,
    outcome,
    serves,
    serving: serves === "yes" ? (holder?.node.role ?? null) : null,
    servingSince: serves === "yes" ? (holder?.report?.since ?? null) : null,
    standbyAble,
    addresses: view.cloud.addresses,
    nodes: view.nodes.map((each) => ({
      role: each.node.role,
      instanceId: each.node.instanceId,
      privateIp: each.node.privateIp,
      instance: each.instance.state,
      reached: each.report !== undefined,
      vrrp: each.report?.vrrp ?? null,
      since: each.report?.since ?? null,
      agree: each.report?.receipts.map(({ agree }) => agree) ?? [],
      able: isAble(each),
      drained: each.report?.isDrained ?? null,
      inStep: each.report === undefined ? null : each.report.differingFiles.length === 0,
      differingFiles: each.report?.differingFiles ?? [],
      problem: each.unreachable ?? null,
    })),
    problems,
  };
}
