import { metadata } from "../../cloud/metadata.ts";
import type { Observation } from "../secondary-private-ip/observe.ts";
import { problem } from "../../cloud/problem.ts";
import type { Run } from "../../protocol/run.ts";

/**
 * Looks where the fabric has the HAVIP.
 *
 * @throws where the API fails, or there is no such HAVIP, or this node must not take it
 */
export async function observeHaVip(run: Run): Promise<Observation> {
  const { call, host, vip, vpcId } = run;
  const name = "instance-id";
  // A page of HTML is no id.
  const read = (text: string) => (/^ins-\w+$/.exec(text) || [])[0];
  const instanceId = await metadata(host, run, name, name, read);
  const { HaVipSet } = await call("DescribeHaVips", {
    Filters: [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "vip", Values: [vip] },
    ],
  });
  const [found] = HaVipSet;
  if (!found) throw problem("Settings", `no HAVIP ${vip} in ${vpcId}`);
  const { AddressIp: eipId, CheckAssociate, HaVipAssociationSet, HaVipId: ownId, InstanceId } = found;
  if (CheckAssociate && !JSON.stringify(HaVipAssociationSet).includes(instanceId)) {
    throw problem("Settings", `${ownId} is not associated with ${instanceId}`);
  }
  // No id, no HAVIP: what has another shape says nothing of the holder.
  return { holder: InstanceId === instanceId ? "mine" : InstanceId || "none", ownId: ownId.trim(), eipId };
}
