import type { Problem } from "../../cloud/problem.ts";
import type { Verdict } from "../../protocol/outcome.ts";
import { pause, type Run, write } from "../../protocol/run.ts";
import type { InterfaceObservation } from "./observe.ts";

/** The fields of an EIP that pairctl reads. */
interface Eip {
  /** The private address that it is bound to; empty if there is none. */
  readonly PrivateAddressIp?: string;
  /** The interface that has, or had, that address. */
  readonly NetworkInterfaceId?: string;
}

/** How long, in ms, an EIP may take to follow its address: until then it is not taken for one that stays behind. */
const FOLLOWS_WITHIN_MS = 2000;

/**
 * Binds the EIP to the address. It follows a migrated address by itself, sometimes late; where it lost its binding, it is
 * bound again; where it stays behind, it is unbound first, so that the next look finds it without one.
 */
export async function bindEip(run: Run, { holderId }: InterfaceObservation): Promise<Verdict | undefined> {
  const { eipId, vip } = run.address;
  const now = run.host.clock();
  const { eipAskedAt = now } = run;
  run.eipAskedAt = eipAskedAt;
  try {
    const asked = await write(run, "AssociateAddress", {
      AddressId: eipId,
      NetworkInterfaceId: holderId,
      PrivateIpAddress: vip,
    });
    if (!asked) return "planned";
  } catch (error) {
    // The cloud binds EIPs only that are not bound, and says so in several ways.
    const mayBeBound = /Address/.test((error as Problem).code) && now - eipAskedAt >= FOLLOWS_WITHIN_MS;
    if (!mayBeBound || !(await isLeftBehind(run, holderId))) throw error;
    await write(run, "DisassociateAddress", { AddressId: eipId });
  }
  return pause(run, `${eipId} is not here yet`);
}

/** Whether the EIP is bound to the address still where that was before. Bound to anything else, it is so on purpose. */
async function isLeftBehind({ address, api }: Run, holderId: string | undefined): Promise<boolean> {
  const { AddressSet: list } = await api.call("DescribeAddresses", { AddressIds: [address.eipId] });
  const [eip] = list as readonly [Eip];
  return eip.PrivateAddressIp === address.vip && eip.NetworkInterfaceId !== holderId;
}
