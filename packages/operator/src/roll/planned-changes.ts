import type { DeployedNode, DeployedPair } from "../stack/deployed-pair.ts";

/** A change of a resource in `terraform show -json PLAN`. */
export interface ResourceChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: Readonly<Record<string, unknown>> | null;
    readonly after?: Readonly<Record<string, unknown>> | null;
    readonly after_unknown?: Readonly<Record<string, unknown>> | null;
  };
}

/** What a plan does to one node. */
export interface NodeChange {
  readonly node: DeployedNode;
  /** In words, such as `instance_type S5.MEDIUM2 → S5.LARGE8`. */
  readonly what: string;
  /** Whether the node goes on meanwhile: it keeps its place. */
  readonly isQuiet: boolean;
  /** What Terraform is told to change for it: the instance, and what ties it to a HAVIP. */
  readonly targets: readonly string[];
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

/** What ties an instance to a HAVIP; it is made anew with the instance. */
const ASSOCIATION = "tencentcloud_ha_vip_instance_attachment";

/** What is kept in the state alone, and is nothing in the cloud: what the zone has sold, for instance. */
const RECORD = "terraform_data";

/** Sorts the changes of a plan by the nodes of a pair. */
export function plannedChanges(changes: readonly ResourceChange[], { nodes }: DeployedPair): PlannedChanges {
  const real = changes.filter(
    ({ mode, change }) => mode === "managed" && change.actions.some((each) => each !== "no-op"),
  );
  const ofNodes = nodes.flatMap((node) => {
    const own = real.find(({ address }) => address === node.address);
    return own === undefined ? [] : [{ node, own, associations: real.filter((each) => isAssociation(each, node)) }];
  });
  const taken = new Set(ofNodes.flatMap(({ own, associations }) => [own, ...associations]));
  return {
    nodes: ofNodes.map(({ node, own, associations }) => ({
      node,
      what: inWords(own),
      isQuiet: own.change.actions.join() === "update" && changedKeys(own).every((key) => QUIET.includes(key)),
      targets: [own, ...associations].map(({ address }) => address),
    })),
    others: real
      .filter((each) => !taken.has(each))
      .map(({ address, type, change }) => ({
        address,
        isRemoved: type !== RECORD && change.actions.includes("delete"),
      })),
  };
}

function isAssociation({ type, change }: ResourceChange, { instanceId }: DeployedNode): boolean {
  return type === ASSOCIATION && change.before?.["instance_id"] === instanceId;
}

function inWords(own: ResourceChange): string {
  const { actions, before, after } = own.change;
  if (actions.includes("create")) return actions.includes("delete") ? "is replaced by a new instance" : "is created";
  return changedKeys(own)
    .map((key) => {
      const [from, to] = [before?.[key], after?.[key]];
      // The user data is a package of 16 kB, and holds secrets.
      return typeof from === "string" && typeof to === "string" && !key.startsWith("user_data")
        ? `${key} ${from} → ${to}`
        : key;
    })
    .join(", ");
}

function changedKeys({ change: { before, after, after_unknown: unknown } }: ResourceChange): string[] {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...keys].filter(
    (key) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]) && unknown?.[key] !== true,
  );
}
