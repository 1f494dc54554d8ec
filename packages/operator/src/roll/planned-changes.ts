import { type PlannedResource, plannedResource } from "../plan/changes.ts";
import { settingsLeftAlone } from "../plan/left-alone.ts";
import { configurationOf } from "../plan/plan.ts";
import type { ConfiguredResource, PlanJson } from "../plan/plan-json.ts";
import type { DeployedNode, DeployedPair } from "../stack/deployed-pair.ts";

/**
 * How a node gets what the stack says: it goes on meanwhile (`undisturbed`), is stopped and started again (`restarted`),
 * gives way to a new instance (`replaced`), or is not there any more (`created`).
 */
export type Way = "undisturbed" | "restarted" | "replaced" | "created";

/** What is to be done with one node. */
export interface NodeChange {
  readonly node: DeployedNode;
  /** In words, such as `instance_type S5.MEDIUM2 → S5.LARGE8`. */
  readonly what: string;
  readonly way: Way;
  /** What Terraform is told to change for it: the instance, and what ties it to a HAVIP. */
  readonly targets: readonly string[];
  /** The arguments that the stack tells Terraform to leave alone on a node that runs, and that are changed there now. */
  readonly unignored: readonly string[];
}

/** What a plan does, as far as a roll is concerned. */
export interface PlannedChanges {
  readonly nodes: readonly NodeChange[];
  /** Resources beside the nodes that it changes as well; with what it would do to them. */
  readonly others: readonly { readonly address: string; readonly isRemoved: boolean }[];
}

/**
 * Arguments of an instance that the provider changes while it runs. Source: the provider's update of
 * tencentcloud_instance, which stops or restarts it for others.
 */
const QUIET = [
  "user_data",
  "user_data_raw",
  "tags",
  "instance_name",
  "project_id",
  "security_groups",
  "orderly_security_groups",
];

/**
 * What the provider changes of a node whose disks stay: it stops the instance, gives it another type, and starts it. Of the
 * others that a deploy leaves alone, it formats the disks for some, and fails with others.
 */
const IN_PLACE = ["instance_type"];

/**
 * Left alone for another reason: a node's address never changes (such a plan is refused), and where it has a VIP, the
 * provider may read that back.
 */
const NOT_A_CHANGE = ["private_ip"];

/** What ties an instance to a HAVIP; it is made anew with the instance. */
const ASSOCIATION = "tencentcloud_ha_vip_instance_attachment";

/** What is kept in the state alone, and is nothing in the cloud: what the zone has sold, for instance. */
const RECORD = "terraform_data";

/** Sorts what a plan changes, and what it leaves alone on nodes that run, by the nodes of a pair. */
export function plannedChanges(plan: PlanJson, { nodes }: DeployedPair): PlannedChanges {
  const managed = plan.resource_changes.filter(({ mode }) => mode === "managed").map(plannedResource);
  const configuration = configurationOf(plan);
  const changes = nodes.flatMap((node) => {
    const own = managed.find(({ address }) => address === node.address);
    return own === undefined ? [] : nodeChange(node, own, configuration);
  });
  const ours = new Set(changes.flatMap(({ targets }) => targets));
  return {
    nodes: changes,
    others: managed
      .filter(({ address, action }) => action !== "none" && !ours.has(address))
      .map((each) => ({ address: each.address, isRemoved: isRemoved(each) })),
  };
}

/** A node is made anew though nothing of it changes. */
export function replacementOf(node: DeployedNode, plan: PlanJson): NodeChange {
  const own = plan.resource_changes.find(({ address }) => address === node.address);
  const isThere = own === undefined || plannedResource(own).action !== "create";
  return {
    node,
    what: isThere ? "is replaced by a new instance" : "is created",
    way: isThere ? "replaced" : "created",
    targets: targetsOf(node.address, configurationOf(plan)),
    unignored: [],
  };
}

/** The addresses of what a plan takes away, or makes anew. */
export function removedBy({ resource_changes: changes }: PlanJson): string[] {
  return changes
    .filter(({ mode }) => mode === "managed")
    .map(plannedResource)
    .filter(isRemoved)
    .map(({ address }) => address);
}

/** A node, and what ties it to HAVIPs: what names a resource in the argument `instance_id`. */
export function targetsOf(address: string, configuration: ReadonlyMap<string, ConfiguredResource>): string[] {
  const associations = [...configuration].filter(
    ([, { type, expressions }]) =>
      type === ASSOCIATION &&
      ((expressions?.["instance_id"] as { references?: readonly string[] } | undefined)?.references ?? []).includes(
        address,
      ),
  );
  return [address, ...associations.map(([each]) => each)];
}

function nodeChange(
  node: DeployedNode,
  own: PlannedResource,
  configuration: ReadonlyMap<string, ConfiguredResource>,
): NodeChange[] {
  const { action } = own;
  const targets = targetsOf(node.address, configuration);
  if (action === "create" || action === "replace") {
    const [what, way] =
      action === "create" ? (["is created", "created"] as const) : (["is replaced", "replaced"] as const);
    return [{ node, what, way, targets, unignored: [] }];
  }
  const left = settingsLeftAlone(own, configuration.get(node.address)).filter(
    ({ attribute }) => !NOT_A_CHANGE.includes(attribute),
  );
  const planned = own.attributes.filter(({ isUnknown }) => !isUnknown);
  if (left.length === 0 && planned.length === 0) return [];
  const isReplaced = left.some(({ attribute }) => !IN_PLACE.includes(attribute));
  const isUndisturbed = left.length === 0 && planned.every(({ name }) => QUIET.includes(name));
  return [
    {
      node,
      what: [
        ...planned.map(({ name, before, after }) => inWords(name, before, after)),
        ...left.map(({ attribute, has, wanted }) => inWords(attribute, has, wanted)),
      ].join(", "),
      way: isReplaced ? "replaced" : isUndisturbed ? "undisturbed" : "restarted",
      targets,
      unignored: isReplaced ? [] : left.map(({ attribute }) => attribute),
    },
  ];
}

function isRemoved({ type, action }: PlannedResource): boolean {
  return type !== RECORD && (action === "delete" || action === "replace");
}

/** The user data is a package of 16 kB, and holds secrets; of lists and blocks, their name says enough. */
function inWords(name: string, from: unknown, to: unknown): string {
  const isShown = [from, to].every((value) => value === null || ["string", "number", "boolean"].includes(typeof value));
  return isShown && !name.startsWith("user_data") ? `${name} ${String(from ?? "none")} → ${String(to)}` : name;
}
