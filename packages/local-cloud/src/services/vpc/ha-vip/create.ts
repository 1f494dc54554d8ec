import { CloudError } from "../../../api/errors.ts";
import { newId } from "../../../engine/ids.ts";
import { add, get } from "../../store.ts";
import type { Core } from "../state.ts";
import { checkAssignable } from "../subnet/private-addresses.ts";
import type { HaVip } from "./state.ts";

/** A HAVIP to create. */
export interface HaVipOptions {
  readonly haVipId?: string;
  /** @default - its id */
  readonly name?: string;
  readonly subnetId: string;
  readonly vip: string;
  /** @default false */
  readonly checkAssociate?: boolean;
}

/** @throws CloudError if the address cannot be had, or the VPC has as many HAVIPs as it may */
export function createHaVip({ state, quotas, now }: Core, options: HaVipOptions): HaVip {
  const { haVipId = newId("havip"), name = haVipId, subnetId, vip, checkAssociate = false } = options;
  const { vpcId } = get(state.subnets, "SubnetId", subnetId);
  checkAssignable(state, subnetId, vip, "Vip");
  const count = [...state.haVips.values()].filter((haVip) => haVip.vpcId === vpcId).length;
  if (count >= quotas.haVipsPerVpc) {
    throw new CloudError(
      "LimitExceeded",
      `The VPC \`${vpcId}\` has ${count} HAVIPs of at most ${quotas.haVipsPerVpc}.`,
    );
  }
  const createdAt = now();
  return add(state.haVips, haVipId, {
    haVipId,
    name,
    vip,
    vpcId,
    subnetId,
    checkAssociate,
    associations: [],
    createdAt,
  });
}
