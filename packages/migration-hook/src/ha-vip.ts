import { metadata } from "./metadata.ts";
import type { Observation } from "./observe.ts";
import { problem } from "./problem.ts";
import type { Verdict } from "./receipt.ts";
import { pause, type Run } from "./run.ts";

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

/** Sees whether the HAVIP is here with its EIP, and announces it again where the fabric does not learn that. */
export async function confirmHaVip(run: Run, { holder, ownId, eipId }: Observation): Promise<Verdict | undefined> {
  const { host, vip } = run;
  if (holder === "mine") {
    if (run.eipId && !eipId) throw problem("Settings", `${ownId} has no EIP: bind ${run.eipId}`);
    return "holds";
  }
  // So long the fabric gets to learn from keepalived's own gratuitous ARP, and has to do where there is no arping.
  if (run.purpose === "settle" && host.clock() > run.since + 2000) {
    run.since = host.clock();
    host.shell(`arping -Ac1 ${vip}`);
  }
  return pause(run, `${ownId} is not here, it is on: ${holder}`);
}
