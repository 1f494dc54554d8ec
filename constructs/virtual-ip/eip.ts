import { Construct } from "constructs";
import { requireOwn } from "../props/claims";
import { cloudId, ipv4Address, nameField } from "../props/cloud-fields";
import { Eip as EipResource } from "../provider";
import { PropError, requireInteger, requireName } from "../props/validation";
import { checked, requireAttributes } from "../props/checked";
import * as shape from "../props/shape";
import { literals } from "../terraform/literals";

/** A public address that can be bound to a virtual one. */
export interface IEip {
  /** The EIP's id (`eip-…`). May be a token. */
  readonly eipId: string;
  /** The public address itself. May be a token. */
  readonly publicIp: string;
}

/** How an EIP is billed, in the provider's own words. */
export type EipChargeType = "TRAFFIC_POSTPAID_BY_HOUR" | "BANDWIDTH_POSTPAID_BY_HOUR" | "BANDWIDTH_PACKAGE";

/** A new public address. */
export interface EipProps {
  /**
   * The cap of the outgoing bandwidth, in Mbit/s: 1–100 by hour or traffic, 1–2000 in a bandwidth package.
   *
   * @default - the instance's own, for an account that is billed by instance and may send neither this nor `chargeType`
   */
  readonly bandwidthMbps?: number;
  /**
   * How it is billed: by traffic, by bandwidth, or within a bandwidth package.
   *
   * @default - "TRAFFIC_POSTPAID_BY_HOUR" where `bandwidthMbps` is given, otherwise the account's
   */
  readonly chargeType?: EipChargeType;
  /**
   * The bandwidth package (`bwp-…`); goes with chargeType `BANDWIDTH_PACKAGE`.
   *
   * @default - none
   */
  readonly bandwidthPackageId?: string;
  /**
   * The line: several carriers (`BGP`), or one. Changing it replaces the address.
   *
   * @default - the cloud's, which is BGP
   */
  readonly internetServiceProvider?: "BGP" | "CMCC" | "CTCC" | "CUCC";
  /**
   * The name, 1–60 characters.
   *
   * @default - the name of the virtual address, or else the construct's id
   */
  readonly name?: string;
  /**
   * Tags.
   *
   * @default - those of the virtual address, or else none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The largest cap by charge type, in Mbit/s (VPC API, AllocateAddresses). */
const LARGEST_BANDWIDTH: Readonly<Record<EipChargeType, number>> = {
  TRAFFIC_POSTPAID_BY_HOUR: 100,
  BANDWIDTH_POSTPAID_BY_HOUR: 100,
  BANDWIDTH_PACKAGE: 2000,
};

/** The kinds of {@link EipProps}. */
export const EIP_PROPS: shape.Shape<EipProps> = {
  bandwidthMbps: shape.optional(shape.integer(10, [1, Math.max(...Object.values(LARGEST_BANDWIDTH))])),
  chargeType: shape.optional(
    shape.oneOf("TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR", "BANDWIDTH_PACKAGE"),
  ),
  bandwidthPackageId: shape.optional(cloudId("bwp")),
  internetServiceProvider: shape.optional(shape.oneOf("BGP", "CMCC", "CTCC", "CUCC")),
  name: shape.optional(nameField("web")),
  tags: shape.optional(shape.tags()),
};

/** The kinds of {@link IEip}. */
export const IEIP: shape.Shape<IEip> = { eipId: cloudId("eip"), publicIp: ipv4Address("203.0.113.7") };

/** The kind of a virtual address's `eip`: a new one, or one that exists. */
export const EIP_OF_VIP = shape.either(
  (value) => shape.isObject(value) && ("eipId" in value || "publicIp" in value || Construct.isConstruct(value)),
  shape.part("an EIP", "give an Eip, Eip.fromEipAttributes(…), or { bandwidthMbps: 10 }", IEIP),
  shape.object(EIP_PROPS),
);

/** An elastic public address (EIP). Its binding is the business of the virtual address that it belongs to. */
@checked(EIP_PROPS)
export class Eip extends Construct implements IEip {
  /** An EIP that exists already. It must be unbound at the first deploy. */
  static fromEipAttributes(attributes: IEip): IEip {
    requireAttributes("Eip.fromEipAttributes", IEIP, attributes);
    return { eipId: attributes.eipId, publicIp: attributes.publicIp };
  }

  readonly eipId: string;
  readonly publicIp: string;
  /** The resource, child `Eip`. */
  readonly resource: EipResource;

  /** @throws where the bandwidth is not what the charge type allows, or the package does not go with the charge type */
  constructor(scope: Construct, id: string, props: EipProps = {}) {
    super(scope, id);
    const chargeType = props.chargeType ?? (props.bandwidthMbps === undefined ? undefined : "TRAFFIC_POSTPAID_BY_HOUR");
    const name = props.name ?? id;
    requireBandwidth(props.bandwidthMbps, chargeType);
    requireName("eip.name", name);
    if ((chargeType === "BANDWIDTH_PACKAGE") !== (props.bandwidthPackageId !== undefined)) {
      throw new PropError(
        "eip.bandwidthPackageId",
        props.bandwidthPackageId,
        "goes with chargeType BANDWIDTH_PACKAGE, and only with it",
        "give both or neither",
      );
    }
    this.resource = new EipResource(this, "Eip", {
      ...literals({ name, tags: { ...props.tags } }),
      internetChargeType: chargeType,
      internetMaxBandwidthOut: props.bandwidthMbps,
      bandwidthPackageId: props.bandwidthPackageId,
      internetServiceProvider: props.internetServiceProvider,
    });
    this.eipId = this.resource.id;
    this.publicIp = this.resource.publicIp;
  }
}

function requireBandwidth(bandwidthMbps: number | undefined, chargeType: EipChargeType | undefined): void {
  if (chargeType === undefined) return;
  const largest = LARGEST_BANDWIDTH[chargeType];
  if (bandwidthMbps === undefined) {
    throw new PropError(
      "eip.bandwidthMbps",
      bandwidthMbps,
      `must be given with chargeType ${chargeType}`,
      `give the cap in Mbit/s, 1 to ${largest}, or leave both out`,
    );
  }
  requireInteger(
    "eip.bandwidthMbps",
    bandwidthMbps,
    1,
    largest,
    `give the cap in Mbit/s; ${largest} is the most that chargeType ${chargeType} takes`,
  );
}

/** A brought EIP as it is, or a new one named after the virtual address that it is for. */
export function eipOf(
  virtualIp: Construct,
  eip: IEip | EipProps,
  name: string,
  tags: Readonly<Record<string, string>>,
): IEip {
  const own = "eipId" in eip ? eip : new Eip(virtualIp, "Eip", { name, tags, ...eip });
  requireOwnEip(virtualIp, { "eip.eipId": own.eipId, "eip.publicIp": own.publicIp });
  return own;
}

/** Refuses an EIP that another virtual address of the app has: the cloud binds it to one, and the last one would win. */
export function requireOwnEip(virtualIp: Construct, ids: Readonly<Record<string, string>>): void {
  requireOwn(virtualIp, ids, "and an EIP is bound to one address");
}
