import { instanceIdOf } from "../../cloud/instance-id.ts";
import { problem } from "../../cloud/problem.ts";
import type { Holder, Observation } from "../../protocol/outcome.ts";
import type { Run } from "../../protocol/run.ts";
import { contest, isContested } from "./contest.ts";

/** The part of the API's description of a HAVIP that pairctl reads. */
interface HaVip {
  readonly HaVipId: string;
  /** The instance that the fabric sends it to; empty if there is none. */
  readonly InstanceId?: string;
  /** Its EIP's address; empty if it has none. */
  readonly AddressIp?: string;
  /** Whether only associated instances may take it. */
  readonly CheckAssociate?: boolean;
  readonly HaVipAssociationSet?: readonly { readonly InstanceId?: string }[];
  /** When the fabric last moved it. */
  readonly FlushedTime?: string;
}

/** What was observed of an address that the fabric moves. */
export interface HaVipObservation extends Observation {
  readonly haVipId: string;
  /** The cloud's `FlushedTime`: when the fabric last moved it. */
  readonly flushedTime: string;
}

/**
 * Observes which instance the fabric sends the HAVIP to.
 *
 * @throws {Problem} where the API fails, or there is no such HAVIP, or this node must not take it
 */
export async function observe(run: Run<"metadataEndpoint" | "vpcId">): Promise<HaVipObservation> {
  const { api, host, settings } = run;
  const { vip } = run.address;
  const instanceId = await instanceIdOf(host, settings);
  const { HaVipSet: list } = await api.call("DescribeHaVips", {
    Filters: [
      { Name: "vpc-id", Values: [settings.vpcId] },
      { Name: "vip", Values: [vip] },
    ],
  });
  const [found] = list as readonly [HaVip?];
  if (!found) throw problem("Settings", `no HAVIP ${vip} in ${settings.vpcId}`);
  const associated = (found.HaVipAssociationSet ?? []).map((association) => association.InstanceId);
  if (found.CheckAssociate && !associated.includes(instanceId)) {
    throw problem("Settings", `${found.HaVipId} is not associated with ${instanceId}`);
  }
  const holderId = found.InstanceId || undefined;
  return {
    holder: holderOf(holderId, instanceId, associated),
    holderId,
    eip: found.AddressIp || undefined,
    // Throws if there is no id: an answer of another shape does not tell the holder.
    haVipId: found.HaVipId.trim(),
    flushedTime: `${found.FlushedTime}`,
  };
}

/** A missing EIP, or another node that announces the address as well. */
export function objection(run: Run, seen: HaVipObservation): string | undefined {
  const { eipId } = run.address;
  if (eipId !== undefined && seen.eip === undefined) return `${seen.haVipId} has no EIP: bind ${eipId}`;
  if (run.vrrp !== "MASTER" || !isContested(contest(run, seen), run.host.clock())) return undefined;
  return `${seen.haVipId} moves away from this MASTER: another node announces it`;
}

function holderOf(
  holderId: string | undefined,
  instanceId: string,
  associated: readonly (string | undefined)[],
): Holder {
  if (holderId === undefined) return "none";
  if (holderId === instanceId) return "mine";
  return associated.includes(holderId) ? "peer" : "foreign";
}
