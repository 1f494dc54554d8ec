import type { Host } from "./host.ts";
import { credentialsOf, metadata } from "./metadata.ts";
import { type Observation, observe } from "./observe.ts";
import type { Outcome } from "./receipt.ts";
import type { Settings } from "./settings.ts";
import { type Answer, type ApiError, type Call, type CallRecord, PASSING, vpcApi } from "./vpc-api.ts";
import { isMaster } from "./vrrp.ts";

/** How long a run may take. */
const DEADLINE_MS = 10_000;
/** The VIP is on the interface a moment after keepalived notifies. */
const PATIENCE_MS = 1000;
const POLL_MS = 100;

/** The node is not MASTER any more: what was going to be written must not be. */
const LOST = "no longer MASTER";

/**
 * Makes the cloud agree with VRRP, as far as that is this node's business.
 *
 * @param promoted whether keepalived has just made this node MASTER: only then is the address taken from a peer whose
 *   priority is higher
 */
export async function reconcile(host: Host, settings: Settings, promoted: boolean): Promise<Outcome> {
  const { mechanism, metadataEndpoint, node, peer, roleName, vip, vpcId, eipId } = settings;
  const deadline = host.now() + DEADLINE_MS;
  const calls: CallRecord[] = [];
  const outcome: Outcome = { vip, vrrp: "MASTER", calls, verdict: "failed" };

  /** Waits a little for something, until the deadline. */
  async function pause(awaited: string): Promise<void> {
    if (host.now() + POLL_MS > deadline) throw new Error(`no ${awaited} in ${DEADLINE_MS} ms`);
    await host.sleep(POLL_MS);
    requireMaster();
  }

  function requireMaster(): void {
    if (!isMaster(host, vip)) throw new Error(LOST);
  }

  /** The fabric learns from the gratuitous ARP that keepalived sends, and sends again every few seconds. */
  async function confirmHaVip(call: Call, instanceId: string): Promise<void> {
    const Filters = [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "vip", Values: [vip] },
    ];
    for (;;) {
      const { HaVipSet } = await call("DescribeHaVips", { Filters });
      const haVip = HaVipSet.find((each: Answer) => each["Vip"] === vip);
      if (!haVip) throw new Error(`no HAVIP ${vip} in ${vpcId}`);
      const holder = haVip.InstanceId || "none";
      outcome.eip = haVip.AddressIp || undefined;
      outcome.holderAfter = holder === instanceId ? "mine" : holder;
      outcome.holderBefore = outcome.holderBefore || outcome.holderAfter;
      if (holder === instanceId) break;
      await pause(`${haVip.HaVipId} here, it is on: ${holder}`);
    }
    outcome.verdict = "holds";
  }

  /** Looks, does one thing about what it sees, and looks again: also after a call whose fate is not known. */
  async function take(call: Call, instanceId: string): Promise<void> {
    for (;;) {
      const seen = await observe(call, settings, instanceId);
      const { holder } = seen;
      outcome.eip = seen.eipId;
      outcome.holderAfter = holder;
      outcome.holderBefore = outcome.holderBefore || holder;
      if (holder === "foreign") {
        outcome.verdict = "refused";
        outcome.message = `${seen.holderId} has ${vip}, not this pair`;
        return;
      }
      if (holder === "peer" && !promoted && peer.priority > node.priority) {
        outcome.verdict = "left";
        return;
      }
      if (holder === "mine" && (!eipId || seen.eipId === eipId)) {
        outcome.verdict = outcome.holderBefore === "mine" ? "holds" : "moved";
        return;
      }
      try {
        if (holder === "moving") await pause(vip);
        else if (holder === "mine") await bindEip(call, seen.ownId, `${eipId}`);
        else {
          await move(call, seen);
          // Once per promotion: where the peer takes it back, both are MASTER, and the higher priority decides.
          promoted = false;
        }
      } catch (error) {
        if (!PASSING.test((error as ApiError).code)) throw error;
        await pause((error as Error).message);
      }
    }
  }

  async function move(call: Call, { holder, holderId, ownId }: Observation): Promise<void> {
    requireMaster();
    const { RequestId } =
      holder === "none"
        ? await call("AssignPrivateIpAddresses", {
            NetworkInterfaceId: ownId,
            PrivateIpAddresses: [{ PrivateIpAddress: vip }],
          })
        : await call("MigratePrivateIpAddress", {
            SourceNetworkInterfaceId: holderId,
            DestinationNetworkInterfaceId: ownId,
            PrivateIpAddress: vip,
          });
    // The task of a move goes by the RequestId of the call that began it.
    for (;;) {
      const { Status } = await call("DescribeVpcTaskResult", { TaskId: RequestId });
      if (Status === "SUCCESS") return;
      if (Status !== "RUNNING") throw new Error(`task ${Status}`);
      await pause("end of task");
    }
  }

  /** The EIP follows a migrated address by itself, if late; where it did not, it is bound again. */
  async function bindEip(call: Call, ownId: string, eip: string): Promise<void> {
    const { AddressSet } = await call("DescribeAddresses", { AddressIds: [eip] });
    const { PrivateAddressIp: bound } = AddressSet[0] || {};
    if (bound && bound !== vip) throw new Error(`${eip} is on ${bound}: unbind it there`);
    if (!bound) {
      requireMaster();
      await call("AssociateAddress", { AddressId: eip, NetworkInterfaceId: ownId, PrivateIpAddress: vip });
    }
    await pause(eip);
  }

  try {
    const patience = host.now() + (promoted ? PATIENCE_MS : 0);
    while (!isMaster(host, vip)) {
      if (host.now() >= patience) return { ...outcome, vrrp: "not MASTER", verdict: "idle" };
      await host.sleep(20);
    }
    if (!roleName) return { ...outcome, verdict: "unverified", message: "no role" };
    const [instanceId, credentials] = await Promise.all([
      metadata(host, metadataEndpoint, "instance-id"),
      credentialsOf(host, metadataEndpoint, roleName),
    ]);
    await (mechanism === "havip" ? confirmHaVip : take)(
      vpcApi(host, settings, credentials, deadline, calls),
      instanceId,
    );
  } catch (error) {
    outcome.message = (error as Error).message;
    if (outcome.message === LOST) outcome.verdict = "idle";
  }
  return outcome;
}
