import type { TerraformStack } from "cdktf";
import {
  type EipProps,
  HaVip,
  type IEip,
  type ISubnet,
  type IVirtualIp,
  type Mechanism,
  SecondaryPrivateIp,
} from "../../constructs";
import { address, cloudId, ipv4Address, nameField } from "../../constructs/props/cloud-fields";
import type { KeyRules } from "../../constructs/props/json-schema";
import { PropError, Shown } from "../../constructs/props/prop-error";
import * as shape from "../../constructs/props/shape";
import { EIP_PROPS, IEIP } from "../../constructs/virtual-ip/eip";
import { without } from "../key-rules";

/** A public address: a new one, or one that exists. */
export type EipSettings = EipProps | IEip;

/** An address that moves, as it may be told of beside its place in the subnet. */
export interface AddressSettings {
  /** The address that clients use, in the subnet. It moves between the two nodes. A plan that changes it is refused. */
  readonly vip: string;
  /**
   * The address of the network interface on which the VIP waits until a node is elected: needed with mechanism
   * `secondary-private-ip`.
   *
   * @default - none, with mechanism `havip`
   */
  readonly parkingIp?: string;
  /**
   * A HAVIP that exists (`havip-…`); with mechanism `havip` only. Its CheckAssociate must be on.
   *
   * @default - a new one
   */
  readonly haVipId?: string;
  /**
   * The public address that is bound to the HAVIP `haVipId` already; `eip` is for one that has none.
   *
   * @default - none, or that of `eip`
   */
  readonly publicIp?: string;
  /**
   * The public address (EIP) that reaches the VIP: a new one, or with `eipId` and `publicIp` one that exists and is unbound.
   * `{}` is a new one for an account that is billed by instance.
   *
   * @default - no public address
   */
  readonly eip?: EipSettings;
}

/** A further address, which moves together with the first one. */
export interface AdditionalVipSettings extends AddressSettings {
  /**
   * The name of its HAVIP or parking network interface, and of a new EIP, 1–60 characters.
   *
   * @default - the pair's name
   */
  readonly name?: string;
}

/** By traffic and by bandwidth the cap is lower than in a bandwidth package, and each charge type takes one. */
const NEW_EIP = shape.described(shape.object(EIP_PROPS), {
  if: { required: ["chargeType"], properties: { chargeType: { const: "BANDWIDTH_PACKAGE" } } },
  then: { required: ["bandwidthMbps", "bandwidthPackageId"] },
  else: {
    properties: { bandwidthMbps: { maximum: 100 } },
    allOf: [
      without(
        ["bandwidthPackageId"],
        "goes with chargeType BANDWIDTH_PACKAGE only: take it out, or correct the chargeType",
      ),
    ],
  },
  dependencies: { chargeType: ["bandwidthMbps"] },
});

export const EIP = shape.either(
  (value) => shape.isObject(value) && ("eipId" in value || "publicIp" in value),
  shape.object(IEIP),
  NEW_EIP,
);

export const ADDRESS: shape.Shape<AddressSettings> = {
  vip: address("10.0.1.100"),
  parkingIp: shape.optional(address("10.0.1.101")),
  haVipId: shape.optional(cloudId("havip")),
  publicIp: shape.optional(ipv4Address("203.0.113.7")),
  eip: shape.optional(EIP),
};

/** What goes together, beside the mechanism. */
const TOGETHER: KeyRules["dependencies"] = {
  publicIp: {
    required: ["haVipId"],
    allOf: [without(["eip"], "must be left out beside 'publicIp': give one of the two")],
  },
};

export const ADDITIONAL_VIPS = shape.list(
  shape.described(shape.object<AdditionalVipSettings>({ ...ADDRESS, name: shape.optional(nameField("web-2")) }), {
    dependencies: TOGETHER,
  }),
  "[{ vip: 10.0.1.102, parkingIp: 10.0.1.103 }]",
);

const HAVIP_ONLY = without(["haVipId", "publicIp"], "goes with mechanism havip only: take it out; 'eip' has both");

/** What the mechanism decides about the addresses of a file, as JSON Schema says it. */
export const MECHANISM_RULES: KeyRules = {
  if: { properties: { mechanism: { const: "havip" } } },
  else: {
    required: ["parkingIp"],
    allOf: [HAVIP_ONLY],
    properties: {
      additionalVips: { items: { required: ["parkingIp"], allOf: [HAVIP_ONLY] } },
      role: { not: { const: "none" } },
    },
  },
  dependencies: TOGETHER,
};

/** Refuses an address without what its mechanism needs, or with what only the other mechanism has. */
export function requireAddress(prefix: string, mechanism: Mechanism, settings: AddressSettings): void {
  const { parkingIp, haVipId, publicIp, eip } = settings;
  if (mechanism === "secondary-private-ip") {
    if (parkingIp === undefined) {
      const remedy = "secondary-private-ip needs a second free address of the subnet, on which the VIP waits";
      throw new PropError(`${prefix}parkingIp`, parkingIp, "is missing", remedy);
    }
    for (const [key, value] of Object.entries({ haVipId, publicIp })) {
      if (value === undefined) continue;
      throw new PropError(`${prefix}${key}`, value, "goes with mechanism havip only", "take it out; 'eip' has both");
    }
  }
  if (publicIp === undefined) return;
  if (haVipId === undefined) {
    const problem = "goes with a HAVIP that exists already, haVipId";
    throw new PropError(`${prefix}publicIp`, publicIp, problem, "give 'eip' instead, which has publicIp as well");
  }
  if (eip !== undefined) {
    throw new PropError(`${prefix}publicIp`, new Shown(`${publicIp} and 'eip'`), "must be without 'eip'", "give one");
  }
}

/** The address that the settings describe. */
export function virtualIpOf(
  stack: TerraformStack,
  id: string,
  settings: AdditionalVipSettings,
  { mechanism, ...common }: { mechanism: Mechanism; subnet: ISubnet; name: string; tags: Record<string, string> },
): IVirtualIp {
  const { parkingIp = "", haVipId, publicIp, ...address } = settings;
  const props = { ...common, ...address };
  if (mechanism === "secondary-private-ip") return new SecondaryPrivateIp(stack, id, { ...props, parkingIp });
  if (haVipId === undefined) return new HaVip(stack, id, props);
  return HaVip.fromHaVipAttributes(stack, id, { ...props, haVipId, publicIp });
}
