import type { NodeRole, NodeSettings } from "pairctl/contract";
import type { Candidate } from "./finder.ts";
import type { Matched } from "./look.ts";
import { nodesOf, settingsIn, type StackNode } from "./nodes.ts";

/** Whom the cloud was asked as, and where. */
export interface Asked {
  /** The account's number; undefined where the cloud does not say it. */
  readonly account: string | undefined;
  readonly region: string;
}

/**
 * Why a stack cannot adopt what is there, a sentence each with the remedy; empty where it can.
 *
 * @param gone the node that is gone for good, if one is
 */
export function refusalsOf(all: readonly Matched[], asked: Asked, gone: NodeRole | undefined): string[] {
  if (isNothingThere(all)) return [nothingThere(all, asked)];
  // What depends on it could not be found: nothing can be said of that yet.
  const unsettled = all.flatMap(ambiguous);
  if (unsettled.length > 0) return unsettled;
  const pairs = nodesOf(all);
  return [
    ...all.flatMap(replaced),
    ...all.flatMap(impossible),
    ...all.flatMap(prepaid),
    ...pairs.flatMap((pair) => incomplete(pair, gone)),
    ...pairs.flat().flatMap(anotherNode),
    ...all.flatMap((each) => foreign(each, all)),
    ...all.flatMap((each) => roleWithoutNodes(each, all)),
  ];
}

const isThere = ({ match: { kind } }: Matched) => kind === "found" || kind === "in-state";

function isNothingThere(all: readonly Matched[]): boolean {
  return !all.some(({ match: { kind } }) => kind === "found" || kind === "in-state" || kind === "several");
}

function nothingThere(all: readonly Matched[], { account, region }: Asked): string {
  const hints = all.flatMap(({ match, resource }) =>
    match.kind === "missing"
      ? (match.looked.hints ?? []).map(({ id, description }) => `${description}: --id ${resource.address}=${id}`)
      : [],
  );
  const similar = hints.length === 0 ? "" : `; where one of these is meant, name it: ${hints.join("; ")}`;
  return (
    `${account === undefined ? "this account" : `account ${account}`} has nothing of this stack in ${region}: use the ` +
    `credentials and the region with which it was deployed${similar}; where it was never deployed, 'cdktf deploy' makes all of it`
  );
}

function listed(candidates: readonly Candidate[]): string {
  return candidates.map(({ description }) => description).join(", ");
}

function ambiguous({ resource: { address }, match }: Matched): string[] {
  if (match.kind !== "several") return [];
  const { for: what, candidates } = match.looked;
  return [
    `${what} is there more than once, ${listed(candidates)}: say which one it is, such as --id ${address}=${candidates[0]?.id}`,
  ];
}

/** What the provider cannot change: the next deploy would destroy it and make another one. */
function replaced({ resource: { address }, noun, match }: Matched): string[] {
  if (match.kind !== "found") return [];
  const { id, differences = [] } = match.candidate;
  return differences.map(
    ({ argument, wanted, has }) =>
      `the ${noun} ${id} has ${argument} ${has} and the stack says ${wanted}, which Terraform cannot change: it would replace ` +
      `it. Say ${has} in the stack, or give ${address} another one with --id`,
  );
}

function impossible({ resource: { address }, noun, match }: Matched): string[] {
  if (match.kind !== "missing" || match.looked.conflict === undefined) return [];
  return [
    `${match.looked.for} is not there, and the ${noun} (${address}) could not be made: ${match.looked.conflict}. Free it, or ` +
      "change the stack",
  ];
}

/** The provider does not read the months back, and the cloud refuses to have them said again. */
function prepaid({ resource: { type, address, arguments: values }, match }: Matched): string[] {
  const ignored = (values["lifecycle"] as { readonly ignore_changes?: readonly string[] } | undefined)?.ignore_changes;
  if (type !== "tencentcloud_instance" || match.kind !== "found" || values[PERIOD] === undefined) return [];
  if (ignored?.includes(PERIOD) === true) return [];
  return [
    `${match.candidate.description} is prepaid, and the deploy that imports it would fail, since the provider does not read ` +
      `back for how many months: say ${PERIOD} in ignore_changes of ${address} first`,
  ];
}

const PERIOD = "instance_charge_type_prepaid_period";

/** One node without the other: what is found is not this pair, or half of it is gone. */
function incomplete(pair: readonly [StackNode, StackNode], gone: NodeRole | undefined): string[] {
  const missing = pair.find(({ matched }) => !isThere(matched));
  const other = pair.find(({ matched }) => matched.match.kind === "found");
  if (missing === undefined || other === undefined) return [];
  const { role, settings } = missing;
  if (role === gone) return [];
  return [
    `the ${other.role} is there, ${idOf(other.matched)}, and the ${role} is not: nothing has ${settings.privateIp}. Where ` +
      `it is gone for good, say so with --gone ${role}, and the next deploy makes it anew`,
  ];
}

function idOf({ match, attributes }: Matched): string {
  return match.kind === "found" ? match.candidate.id : String(attributes?.["id"]);
}

/** What a node was told at its first boot and no deploy can change, by the words of the stack's settings. */
const IDENTITY: readonly (readonly [string, (settings: NodeSettings) => string | undefined])[] = [
  ["region", ({ region }) => region],
  ["mechanism", ({ mechanism }) => mechanism],
  ["private address", ({ privateIp }) => privateIp],
  ["peer's address", ({ peerIp }) => peerIp],
  ["VIP", ({ virtualIps }) => virtualIps[0]?.vip],
];

/** An instance at a node's address that was set up as a node of another pair. */
function anotherNode({ role, settings, matched: { match, resource } }: StackNode): string[] {
  if (match.kind !== "found") return [];
  const has = settingsIn(match.candidate.attributes["user_data"]);
  if (has === undefined) return [];
  const differs = IDENTITY.filter(([, of]) => of(has) !== undefined && of(has) !== of(settings)).map(
    ([what, of]) => `its ${what} is ${of(has)} and not ${of(settings)}`,
  );
  if (differs.length === 0) return [];
  return [
    `${match.candidate.description} is a node of another pair than the ${role} of this stack: ${differs.join(", ")}. ` +
      `Say in the stack what it was deployed with, or give ${resource.address} another one with --id`,
  ];
}

/** An address, or the right to it, that something has which is not the pair's. */
function foreign({ match, noun }: Matched, all: readonly Matched[]): string[] {
  if (match.kind !== "found") return [];
  const own = all.flatMap(({ attributes }) => attributes?.["id"] ?? []);
  const { id, attributes } = match.candidate;
  const associated = (attributes["associated"] ?? []) as readonly string[];
  const holders = (attributes["holders"] ?? []) as readonly { readonly address: string; readonly holder: string }[];
  return [
    ...associated
      .filter((each) => !own.includes(each))
      .map(
        (each) =>
          `the ${noun} ${id} is associated with ${each}, which is no node of this stack: take that association away`,
      ),
    ...holders
      .filter(({ holder }) => !own.includes(holder))
      .map(({ address, holder }) => `${address} is on ${holder}, which is no node of this stack: take it off there`),
  ];
}

/** CAM knows no region: a role of the name may be that of a pair elsewhere, which runs. */
function roleWithoutNodes({ resource, noun, match }: Matched, all: readonly Matched[]): string[] {
  if (resource.type !== "tencentcloud_cam_role" || match.kind !== "found" || match.isChosen) return [];
  const users = all.filter(
    ({ resource: { type, arguments: values } }) =>
      type === "tencentcloud_instance" &&
      JSON.stringify(values["cam_role_name"] ?? "").includes(`${resource.address}.`),
  );
  if (users.length === 0 || users.some(isThere)) return [];
  return [
    `the ${noun} ${match.candidate.description} is there, and none of the nodes: it may be of a pair in another region, which ` +
      `needs it. Where it is not, take it with --id ${resource.address}=${match.candidate.id}`,
  ];
}
