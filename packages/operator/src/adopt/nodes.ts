import {
  isStronger,
  NODE_PATHS,
  type NodeRole,
  type NodeSettings,
  packedText,
  userDataSource,
  withExpressions,
} from "pairctl/contract";
import { unpackUserData } from "../user-data/unpack.ts";
import type { Matched } from "./look.ts";

/** A node of a pair, as the stack says it. */
export interface StackNode {
  readonly role: NodeRole;
  /** What its user data is to tell it; ids that only Terraform knows stand as expressions. */
  readonly settings: NodeSettings;
  readonly matched: Matched;
}

/** The two nodes of each pair of a stack, the primary first. A node is known by its user data, as names are the user's own. */
export function nodesOf(all: readonly Matched[]): (readonly [StackNode, StackNode])[] {
  const nodes = all.flatMap((matched): StackNode[] => {
    const settings = wantedSettings(matched.resource.arguments["user_data"]);
    return settings === undefined ? [] : [{ role: isStronger(settings) ? "primary" : "secondary", settings, matched }];
  });
  return nodes
    .filter(({ role }) => role === "primary")
    .flatMap((primary) => {
      const peer = nodes.find(
        ({ role, settings }) =>
          role === "secondary" &&
          settings.privateIp === primary.settings.peerIp &&
          settings.peerIp === primary.settings.privateIp,
      );
      return peer === undefined ? [] : [[primary, peer] as const];
    });
}

/** What the stack's user data tells a node; undefined where it is no node of a pair. */
function wantedSettings(userData: unknown): NodeSettings | undefined {
  if (typeof userData !== "string") return undefined;
  const source = userDataSource(userData);
  if (source === undefined) return settingsIn(userData);
  const text = packedText(source) + withExpressions(source.quoted);
  return settingsIn(Buffer.from(text).toString("base64"));
}

/** What packed user data tells a node; undefined where it is no node's. */
export function settingsIn(packed: unknown): NodeSettings | undefined {
  const json = unpackUserData(packed)?.files.get(NODE_PATHS.settings)?.content;
  if (json === undefined) return undefined;
  try {
    const settings = JSON.parse(json) as Partial<NodeSettings>;
    const isWhole = typeof settings.privateIp === "string" && Array.isArray(settings.virtualIps);
    return isWhole ? (settings as NodeSettings) : undefined;
  } catch {
    return undefined;
  }
}
