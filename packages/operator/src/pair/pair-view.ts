import { NODE_PATHS } from "pairctl/contract";
import type { CloudInstance, CloudView } from "../cloud/cloud-view.ts";
import { DISAGREEMENT, failuresOf } from "../node/doctor.ts";
import type { NodeReport } from "../node/report.ts";
import type { DeployedNode, DeployedPair } from "../stack/deployed-pair.ts";

/** A node as it was seen. */
export interface NodeView {
  readonly node: DeployedNode;
  readonly instance: CloudInstance;
  /** What it says of itself; undefined where it was not reached. */
  readonly report: NodeReport | undefined;
  /** Why it was not reached. */
  readonly unreachable: string | undefined;
}

/** A pair as it was seen: by the cloud, and by each of its nodes. */
export interface PairView {
  readonly pair: DeployedPair;
  readonly cloud: CloudView;
  /** The primary first. */
  readonly nodes: readonly [NodeView, NodeView];
}

/** The node that the cloud gives the pair's address; undefined where it is on neither. */
export function holderOf({ cloud, nodes }: PairView): NodeView | undefined {
  return nodes.find(({ node }) => node.role === cloud.addresses[0]?.holder);
}

/** The other node of the pair. */
export function peerOf({ nodes }: PairView, { node }: Pick<NodeView, "node">): NodeView {
  const [primary, secondary] = nodes;
  return node.role === "primary" ? secondary : primary;
}

/** Whether a node is MASTER, and it and the cloud agree about every address. */
export function isServing({ report }: NodeView): boolean {
  return report?.vrrp === "MASTER" && agrees(report);
}

/** Whether a node could take over: set up, BACKUP, of one mind with the cloud, and nothing fails in its doctor. */
export function isAble(view: NodeView): boolean {
  return inabilityOf(view) === undefined;
}

/**
 * Whether a node is told something else than the stack says: it then judges the cloud by what the stack said before, such as
 * a public address that is gone by now.
 */
export function isOutdated({ report }: NodeView): boolean {
  return report?.differingFiles.includes(NODE_PATHS.settings) ?? false;
}

/** Why a node could not take over, in words; undefined where it could. */
export function inabilityOf(view: NodeView): string | undefined {
  const missing = notInPlace(view) ?? failureOf(view);
  return missing ?? disagreementOf(view);
}

/**
 * What on the node itself keeps it from taking over; undefined where nothing does. What it and the cloud disagree about is
 * left out: as long as the nodes are told different things, such as a further address, that may be the other node's part.
 */
export function ownInabilityOf(view: NodeView): string | undefined {
  return notInPlace(view) ?? failureOf(view, (line) => !line.startsWith(DISAGREEMENT));
}

/** Why a node is no BACKUP that can be asked, whatever it thinks of the cloud; undefined where it is one. */
export function notInPlace({ instance, report, unreachable }: NodeView): string | undefined {
  if (instance.state !== "RUNNING") return `its instance is ${instance.state}`;
  if (report === undefined) return `it cannot be reached: ${unreachable ?? "no answer"}`;
  if (!report.isSetUp) return "it is not set up yet: see 'pair logs'";
  if (report.isDrained) return "it is drained: 'pair undrain' brings it back";
  return report.vrrp === "BACKUP" ? undefined : `its keepalived is ${report.vrrp ?? "in an unknown state"}`;
}

function failureOf({ report }: NodeView, counts: (failure: string) => boolean = () => true): string | undefined {
  const failing = failuresOf(report?.doctor ?? []).find(counts);
  return failing === undefined ? undefined : `its doctor says '${failing}'`;
}

/** What a node and the cloud do not agree about, in words; undefined where they do, or where it was not reached. */
export function disagreementOf({ report }: NodeView): string | undefined {
  if (report === undefined || agrees(report)) return undefined;
  const bad = report.receipts.find(({ agree }) => agree !== "yes");
  const message = bad?.message ?? `holder ${bad?.holderAfter ?? "unknown"}, agree ${bad?.agree ?? "unknown"}`;
  return `it and the cloud do not agree: ${message}`;
}

function agrees({ receipts }: NodeReport): boolean {
  return receipts.length > 0 && receipts.every(({ agree }) => agree === "yes");
}
