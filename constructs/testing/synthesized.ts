import { Construct } from "constructs";
import { parse } from "yaml";
import {
  isStronger,
  type Mechanism,
  NODE_PATHS,
  type NodeRole,
  type NodeSettings,
  packedText,
  templateParts,
  userDataSource,
  withExpressions,
} from "../contract";
import { PropError } from "../props/prop-error";
import { TOKEN_STAND_IN, userDataSize } from "../render/user-data";
import * as shape from "../props/shape";

/** A file that cloud-init writes on a node. */
export interface SynthesizedFile {
  /**
   * Permissions as an octal text.
   *
   * @default - cloud-init's, which is 0644
   */
  readonly permissions?: string;
  /** The text, as it stands on the node. */
  readonly content: string;
}

/** What an instance's `user_data` says once Terraform has evaluated it; references stay as they are written. */
export interface SynthesizedUserData {
  /** Packages that the first boot installs. */
  readonly packages: readonly string[];
  /** Commands that the first boot runs, each a list of words. */
  readonly runcmd: readonly (readonly string[])[];
  /** Files by path. */
  readonly files: Readonly<Record<string, SynthesizedFile>>;
  /** The whole cloud-config. */
  readonly document: Readonly<Record<string, unknown>>;
  /** How many of the 16,384 characters that the cloud takes it has. */
  readonly characters: number;
}

/** A node of a synthesized pair. */
export interface SynthesizedNode {
  /** Which one of the two it is. */
  readonly role: NodeRole;
  /** Its private address. */
  readonly privateIp: string;
  /** The name of its `tencentcloud_instance`. */
  readonly resourceName: string;
  /** What it does at its first boot. */
  readonly userData: SynthesizedUserData;
  /** The rules that let traffic in, of those of its security groups that the stack makes. */
  readonly ingress: readonly Readonly<Record<string, unknown>>[];
}

/** A pair as a stack synthesizes to. */
export interface SynthesizedPair {
  /** The address that moves, the first one where there are several. */
  readonly vip: string;
  /** What moves it. */
  readonly mechanism: Mechanism;
  /** The primary. */
  readonly primary: SynthesizedNode;
  /** The secondary. */
  readonly secondary: SynthesizedNode;
}

/** A synthesized resource: its arguments by name. */
export type Resource = Readonly<Record<string, unknown>>;
/** A synthesized stack, as far as it is looked at here. */
export type Stack = { readonly resource?: Record<string, Record<string, Resource>> };

/**
 * The pairs of a stack.
 *
 * @param synthesized what `Testing.synth(stack)` returns, or the content of a `cdk.tf.json`
 */
export function pairsOf(synthesized: string | object): SynthesizedPair[] {
  const stack = parsed(synthesized);
  const nodes = Object.entries(stack.resource?.["tencentcloud_instance"] ?? {}).flatMap(([resourceName, instance]) => {
    const userData = userDataOf(instance);
    const settings = userData?.files[NODE_PATHS.settings]?.content;
    if (userData === undefined || settings === undefined) return [];
    const { vpcId, virtualIps, mechanism, privateIp, peerIp, ...priorities } = JSON.parse(
      withEscapedExpressions(settings),
    ) as NodeSettings;
    const vip = virtualIps[0]?.vip ?? "";
    // A pair whose primary has not the higher priority is refused.
    const role: NodeRole = isStronger(priorities) ? "primary" : "secondary";
    const node = { role, privateIp, resourceName, userData, ingress: ingressOf(stack, instance) };
    return [{ vip, mechanism, node, peerIp, vpcId }];
  });
  return nodes
    .filter(({ node }) => node.role === "primary")
    .flatMap(({ vip, mechanism, node: primary, peerIp, vpcId }) => {
      const secondary = nodes.find((other) => other.vpcId === vpcId && other.node.privateIp === peerIp)?.node;
      return secondary === undefined ? [] : [{ vip, mechanism, primary, secondary }];
    });
}

/**
 * Whether VRRP passes between the two nodes of a pair, by the rules that the stack makes.
 *
 * @throws PropError where it is no pair of {@link pairsOf}
 */
export function letsVrrpPass(pair: SynthesizedPair): boolean {
  const isNode = (node: unknown) => shape.isObject(node) && Array.isArray(node["ingress"]);
  if (!shape.isObject(pair) || !isNode(pair["primary"]) || !isNode(pair["secondary"])) {
    throw new PropError("pair", pair, "must be a pair of pairsOf", "give pairsOf(Testing.synth(stack))[0]");
  }
  const lets = (node: SynthesizedNode, peer: SynthesizedNode) =>
    node.ingress.some(
      (rule) =>
        rule["action"] === "ACCEPT" && rule["protocol"] === "ALL" && rule["cidr_block"] === `${peer.privateIp}/32`,
    );
  return lets(pair.primary, pair.secondary) && lets(pair.secondary, pair.primary);
}

/** What an instance's `user_data` says, or undefined where it is not that of a pair. */
export function userDataOf(instance: Resource): SynthesizedUserData | undefined {
  if (!shape.isObject(instance)) return undefined;
  const source = userDataSource(String(instance["user_data"]));
  if (source === undefined) return undefined;
  const ofTerraform = withExpressions(source.quoted);
  const text = packedText(source) + ofTerraform;
  if (!text.startsWith("#cloud-config\n")) return undefined;
  const document = parse(text, { version: "1.1" }) ?? {};
  const files: Record<string, SynthesizedFile> = {};
  for (const { path, ...file } of document.write_files ?? []) files[path] = file;
  const characters = userDataSize(source.packed, ofTerraform.replace(/\$\{tencentcloud_[\w.]+\}/g, TOKEN_STAND_IN));
  return { packages: document.packages ?? [], runcmd: document.runcmd ?? [], files, document, characters };
}

/** JSON with its expressions escaped for the strings that they stand in: their values would need no escape. */
function withEscapedExpressions(json: string): string {
  return templateParts(json, "bare")
    .map(({ text, expression }) => text ?? JSON.stringify(`\${${expression}}`).slice(1, -1))
    .join("");
}

/** @throws PropError where it is no synthesized stack */
export function parsed(synthesized: unknown): Stack {
  const where = "what Testing.synth(stack) returns, or the content of a cdk.tf.json";
  const refuse = () => new PropError("synthesized", synthesized, "must be a synthesized stack", `give ${where}`);
  let stack = synthesized;
  if (typeof synthesized === "string") {
    try {
      stack = JSON.parse(synthesized);
    } catch {
      throw refuse();
    }
  }
  if (!shape.isObject(stack) || Construct.isConstruct(stack)) throw refuse();
  return stack as Stack;
}

/** The rules of those security groups of an instance that the stack makes itself. */
function ingressOf(stack: Stack, instance: Resource): Resource[] {
  const groups = (instance["orderly_security_groups"] ?? []) as unknown[];
  return Object.values(stack.resource?.["tencentcloud_security_group_rule_set"] ?? {})
    .filter((rules) => groups.includes(rules["security_group_id"]))
    .flatMap((rules) => (rules["ingress"] ?? []) as Resource[]);
}
