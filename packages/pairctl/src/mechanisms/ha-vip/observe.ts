import { instanceIdOf } from "../../cloud/instance-id.ts";
import { problem } from "../../cloud/problem.ts";
import type { Holder } from "../../protocol/decision/index.ts";
import type { Observation } from "../../protocol/outcome.ts";
import type { Run } from "../../protocol/run.ts";
import { contestOf, isContested } from "./contest.ts";

/** The fields of a HAVIP, as the API describes it, that pairctl reads. */
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

/** What was seen of a HAVIP. */
export interface HaVipObservation extends Observation {
  readonly haVipId: string;
  /** The cloud's `FlushedTime`: when the fabric last moved it. */
  readonly flushedTime: string;
}

/**
 * Asks the cloud on which instance the HAVIP is.
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
    hasEip: Boolean(found.AddressIp),
    // An answer of another shape says nothing about the holder: without an id this throws.
    haVipId: found.HaVipId.trim(),
    flushedTime: `${found.FlushedTime}`,
  };
}

/** The EIP is missing, or another node announces the address, too. */
export function objection(run: Run, seen: HaVipObservation): string | undefined {
  const { eipId } = run.address;
  if (eipId !== undefined && !seen.hasEip) return `${seen.haVipId} has no EIP: bind ${eipId}`;
  if (run.vrrp !== "MASTER" || !isContested(contestOf(run, seen), run.host.clock())) return undefined;
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
