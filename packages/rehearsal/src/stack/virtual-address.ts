import { entriesOf, isObject } from "./json.ts";
import type { FoundPair } from "./pairs.ts";
import { StackError } from "./stack-error.ts";
import type { Resource } from "./resource.ts";
import type { Values } from "./values.ts";

/** An address that moves, and what belongs to it. */
export interface VirtualAddress {
  readonly vip: string;
  readonly haVip:
    { readonly haVipId: string; readonly checkAssociate: boolean; readonly associated: readonly string[] } | undefined;
  readonly parkingEni: { readonly networkInterfaceId: string; readonly privateIp: string } | undefined;
  readonly eip: { readonly addressId: string; readonly addressIp: string; readonly bound: boolean } | undefined;
}

/** The public addresses that the cloud would allot: of a block that is reserved for documentation (RFC 5737). */
const PUBLIC_BLOCK = "203.0.113.";
const FIRST_PUBLIC = 80;

/**
 * The addresses of a pair, in the order in which its nodes are told of them.
 *
 * @throws StackError where one lacks its HAVIP or its parking interface
 */
export function virtualAddresses(pair: FoundPair, values: Values): VirtualAddress[] {
  const { mechanism, virtualIps } = pair.primary.settings;
  const eipOf = eips();
  if (mechanism === "havip") {
    const haVips = haVipsOf(pair, values);
    return virtualIps.map(({ vip, eipId }) => {
      const haVip = haVips.get(vip);
      if (haVip === undefined) throw lacks(pair, vip, "HAVIP that is associated with its nodes");
      const binding = values
        .all("tencentcloud_ha_vip_eip_attachment")
        .find((attachment) => attachment.text("havip_id") === haVip.haVipId);
      return { vip, haVip, parkingEni: undefined, eip: eipOf(eipId, binding) };
    });
  }
  return virtualIps.map(({ vip, parkingIp, eipId }) => {
    const eni = values.all("tencentcloud_eni").find((candidate) => primaryAddress(candidate) === parkingIp);
    if (eni === undefined || parkingIp === undefined) throw lacks(pair, vip, "network interface that it waits on");
    const binding = values
      .all("tencentcloud_eip_association")
      .find((association) => association.text("eip_id") === eipId && association.known("private_ip") === vip);
    const parkingEni = { networkInterfaceId: eni.id, privateIp: parkingIp };
    return { vip, haVip: undefined, parkingEni, eip: eipOf(eipId, binding) };
  });
}

function lacks({ name, primary }: FoundPair, vip: string, what: string): StackError {
  return new StackError(`the stack of ${primary.instance.where} has no ${what}, for ${vip} of the pair '${name}'`);
}

type HaVip = NonNullable<VirtualAddress["haVip"]>;

/** The HAVIPs of a pair, by address. */
function haVipsOf({ primary, secondary }: FoundPair, values: Values): Map<string, HaVip> {
  const { vpcId, virtualIps } = primary.settings;
  const associations = associationsOf([primary.instance.id, secondary.instance.id], values);
  const associatedWith = (id: string) =>
    associations.filter(({ haVipId }) => haVipId === id).map((each) => each.nodeId);
  const made = values.all("tencentcloud_ha_vip").filter((haVip) => haVip.text("vpc_id") === vpcId);
  const haVips = new Map<string, HaVip>();
  for (const haVip of made) {
    const vip = haVip.known("vip");
    const checkAssociate = haVip.attributes["check_associate"] === true;
    const associated = associatedWith(haVip.id);
    if (vip !== undefined) haVips.set(vip, { haVipId: haVip.id, checkAssociate, associated });
  }
  const isMade = (id: string) => made.some((haVip) => haVip.id === id);
  for (const { haVipId, construct } of associations.filter((each) => !isMade(each.haVipId))) {
    const vip = addressOf(construct, values) ?? virtualIps.find((each) => !haVips.has(each.vip))?.vip;
    // A HAVIP that exists already must have CheckAssociate on: HaVipAttributes says so.
    if (vip !== undefined && !haVips.has(vip))
      haVips.set(vip, { haVipId, checkAssociate: true, associated: associatedWith(haVipId) });
  }
  return haVips;
}

/** The associations of HAVIPs with some instances, and the constructs that made them. */
function associationsOf(nodeIds: readonly string[], values: Values) {
  return values
    .all("tencentcloud_ha_vip_instance_attachment")
    .map((attachment) => ({
      haVipId: attachment.text("ha_vip_id"),
      nodeId: attachment.text("instance_id"),
      construct: attachment.constructPath?.replace(/\/[^/]+$/, ""),
    }))
    .filter(({ nodeId }) => nodeIds.includes(nodeId));
}

/**
 * The address of a virtual IP by where its construct is in the tree. Of a HAVIP that exists already the stack says the id
 * only; what a pair was deployed with (`Identity`) has the addresses of all but the first one by the path.
 */
function addressOf(construct: string | undefined, values: Values): string | undefined {
  const inputs = values.all("terraform_data").flatMap(({ attributes }) => entriesOf(attributes, "input"));
  const address = inputs.find(([key]) => key === `${construct}.vip`)?.[1];
  return typeof address === "string" ? address : undefined;
}

/** Finds the public addresses, each of which is the same whoever asks. */
function eips(): (eipId: string | undefined, binding: Resource | undefined) => VirtualAddress["eip"] {
  const invented = new Map<string, string>();
  return (eipId, binding) => {
    const addressId = eipId ?? binding?.referred("address_ip", "tencentcloud_eip", "public_ip")?.id;
    if (addressId === undefined && binding === undefined) return undefined;
    const id = addressId ?? `eip-of-${binding?.id}`;
    const next = `${PUBLIC_BLOCK}${FIRST_PUBLIC + invented.size}`;
    const addressIp = binding?.known("address_ip") ?? invented.get(id) ?? next;
    if (addressIp === next) invented.set(id, next);
    return { addressId: id, addressIp, bound: binding !== undefined };
  };
}

function primaryAddress(eni: Resource): unknown {
  const addresses = eni.attributes["ipv4s"];
  if (!Array.isArray(addresses)) return undefined;
  return addresses.filter(isObject).find(({ primary }) => primary === true)?.["ip"];
}
