import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import {
  isStronger,
  type Mechanism,
  NODE_PATHS,
  parseSettings,
  type Settings,
  type VirtualIpSettings,
} from "pairctl/contract";
import { evaluateUserData, evaluateTemplate } from "./hcl-string.ts";

/** A node as it would be deployed. */
export interface StackNode {
  readonly role: "primary" | "secondary";
  readonly instanceId: string;
  readonly instanceName: string;
  readonly privateIp: string;
  /** The bytes that cloud-init gets: exactly what Terraform would send, base64 decoded. */
  readonly userData: Buffer;
  /** Where pairctl calls the API and the metadata service, from its settings. */
  readonly endpoints: readonly string[];
}

/** A synthesized pair, with ids in place of what only a deploy would know. */
export interface StackModel {
  readonly mechanism: Mechanism;
  readonly region: string;
  readonly vip: string;
  /** How often the MASTER sends an advert, in ms. */
  readonly advertIntMs: number;
  readonly vpc: { readonly vpcId: string; readonly cidrBlock: string };
  readonly subnet: { readonly subnetId: string; readonly cidrBlock: string; readonly zone: string };
  readonly nodes: readonly [StackNode, StackNode];
  readonly role: { readonly roleName: string; readonly trustPolicy: string; readonly policy: string } | undefined;
  readonly haVip:
    { readonly haVipId: string; readonly checkAssociate: boolean; readonly associated: readonly string[] } | undefined;
  readonly parkingEni: { readonly networkInterfaceId: string; readonly privateIp: string } | undefined;
  readonly eip: { readonly addressId: string; readonly addressIp: string; readonly bound: boolean } | undefined;
}

type Attributes = Readonly<Record<string, unknown>>;

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly attributes: Attributes;
}

/** The ids' prefixes are the cloud's own. */
const ID_PREFIX: Readonly<Record<string, string>> = {
  tencentcloud_vpc: "vpc",
  tencentcloud_subnet: "subnet",
  tencentcloud_instance: "ins",
  tencentcloud_eni: "eni",
  tencentcloud_eip: "eip",
  tencentcloud_ha_vip: "havip",
  tencentcloud_security_group: "sg",
  tencentcloud_placement_group: "ps",
};

/** The public address that the cloud would allot: one of a block that is reserved for documentation (RFC 5737). */
const EIP_ADDRESS = "203.0.113.80";

/**
 * Reads a synthesized stack.
 *
 * @param file path of a cdk.tf.json
 * @throws where the stack holds no pair, or an expression that is more than a reference
 */
export function readStack(file: string): StackModel {
  return stackModel(JSON.parse(readFileSync(file, "utf8")) as Attributes, file);
}

/** The model of a parsed cdk.tf.json; `source` names it in errors. */
export function stackModel(json: Attributes, source: string): StackModel {
  const resources = new Resources(json, source);
  const vpc = resources.only("tencentcloud_vpc");
  const subnet = resources.only("tencentcloud_subnet");
  const nodes = resources.all("tencentcloud_instance").map((instance) => stackNode(instance, resources));
  const primary = nodes.find(({ node }) => node.role === "primary");
  const secondary = nodes.find(({ node }) => node.role === "secondary");
  if (primary === undefined || secondary === undefined || nodes.length !== 2) {
    throw new Error(`${source} must hold a primary and a secondary instance, found ${nodes.length} instances`);
  }
  const { settings } = primary;
  const [{ vip }] = settings.virtualIps as [VirtualIpSettings];
  const haVip = resources.maybe("tencentcloud_ha_vip");
  const eni = resources.maybe("tencentcloud_eni");
  const eip = resources.maybe("tencentcloud_eip");
  const role = resources.maybe("tencentcloud_cam_role");
  const bindings = ["tencentcloud_ha_vip_eip_attachment", "tencentcloud_eip_association"];
  return {
    mechanism: settings.mechanism,
    region: settings.region,
    vip,
    advertIntMs: primary.advertIntMs,
    vpc: { vpcId: vpc.id, cidrBlock: resources.text(vpc, "cidr_block") },
    subnet: {
      subnetId: subnet.id,
      cidrBlock: resources.text(subnet, "cidr_block"),
      zone: resources.text(subnet, "availability_zone"),
    },
    nodes: [primary.node, secondary.node],
    role: role && {
      roleName: resources.text(role, "name"),
      trustPolicy: resources.text(role, "document"),
      policy: resources.text(resources.only("tencentcloud_cam_policy"), "document"),
    },
    haVip: haVip && {
      haVipId: haVip.id,
      checkAssociate: haVip.attributes["check_associate"] === true,
      associated: resources.all("tencentcloud_ha_vip_instance_attachment").map((a) => resources.text(a, "instance_id")),
    },
    parkingEni: eni && { networkInterfaceId: eni.id, privateIp: primaryAddress(eni) },
    eip: eip && {
      addressId: eip.id,
      addressIp: EIP_ADDRESS,
      bound: bindings.some((type) => resources.maybe(type) !== undefined),
    },
  };
}

/** The resources of a stack, with ids and resolved references. */
class Resources {
  readonly #resources: Resource[] = [];

  constructor(
    json: Attributes,
    readonly source: string,
  ) {
    const types = (json["resource"] ?? {}) as Record<string, Record<string, Attributes>>;
    for (const [type, byName] of Object.entries(types)) {
      for (const [name, attributes] of Object.entries(byName)) {
        const number = String(this.#resources.length + 1).padStart(8, "0");
        this.#resources.push({ type, name, id: `${ID_PREFIX[type] ?? "id"}-${number}`, attributes });
      }
    }
  }

  all(type: string): Resource[] {
    return this.#resources.filter((resource) => resource.type === type);
  }

  maybe(type: string): Resource | undefined {
    return this.all(type)[0];
  }

  only(type: string): Resource {
    const found = this.all(type);
    if (found.length !== 1) throw new Error(`${this.source} must hold one ${type}, found ${found.length}`);
    return found[0] as Resource;
  }

  text(resource: Resource, attribute: string): string {
    const value = resource.attributes[attribute];
    if (typeof value !== "string") throw new Error(`${resource.type}.${resource.name} has no ${attribute}`);
    return evaluateTemplate(value, this.resolve);
  }

  readonly resolve = (reference: string): string => {
    const [type, name, attribute, ...rest] = reference.split(".");
    const resource = this.#resources.find((candidate) => candidate.type === type && candidate.name === name);
    if (resource === undefined || attribute === undefined || rest.length > 0) {
      throw new Error(`${this.source} refers to ${reference}, which it does not hold`);
    }
    if (attribute === "id") return resource.id;
    if (type === "tencentcloud_eip" && attribute === "public_ip") return EIP_ADDRESS;
    return this.text(resource, attribute);
  };
}

/** What one instance of a stack says of itself and of the pair. */
interface ReadNode {
  readonly node: StackNode;
  readonly settings: Settings;
  readonly advertIntMs: number;
}

function stackNode(instance: Resource, resources: Resources): ReadNode {
  const userData = evaluateUserData(String(instance.attributes["user_data"]), resources.resolve);
  if (userData === undefined) throw new Error(`${instance.type}.${instance.name} has a user_data that is not a pair's`);
  const text = gunzipSync(userData).toString();
  const files = parse(text, { version: "1.1" }).write_files as { path: string; content: string }[];
  const settingsFile = files.find((file) => file.path === NODE_PATHS.settings);
  if (settingsFile === undefined) throw new Error(`the user data of ${instance.name} writes no ${NODE_PATHS.settings}`);
  const settings = parseSettings(settingsFile.content);
  const node: StackNode = {
    role: isStronger(settings) ? "primary" : "secondary",
    instanceId: instance.id,
    instanceName: resources.text(instance, "instance_name"),
    privateIp: resources.text(instance, "private_ip"),
    userData,
    endpoints: [...settings.apiEndpoints, settings.metadataEndpoint],
  };
  const conf = files.find((file) => file.path === NODE_PATHS.keepalivedConf)?.content ?? "";
  const advertInt = /^\s*advert_int (\S+)$/m.exec(conf)?.[1];
  if (advertInt === undefined)
    throw new Error(`the user data of ${instance.name} has no advert_int in ${NODE_PATHS.keepalivedConf}`);
  return { node, settings, advertIntMs: Number(advertInt) * 1000 };
}

function primaryAddress(eni: Resource): string {
  const addresses = (eni.attributes["ipv4s"] ?? []) as { ip: string; primary: boolean }[];
  const primary = addresses.find((address) => address.primary);
  if (primary === undefined) throw new Error(`${eni.type}.${eni.name} has no primary address`);
  return primary.ip;
}
