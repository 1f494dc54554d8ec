import type { AcceptanceCloud } from "../cloud/actions.ts";
import type { Mechanism } from "pairctl/contract";
import type { AddressSample, Observations } from "./observations.ts";
import { pause } from "../wait.ts";

/** How long after an answer the next question comes: 3 a second are far below the API's limits. */
const EVERY_MS = 300;

/** A network interface, as far as it is looked at. */
interface Eni {
  readonly NetworkInterfaceId: string;
  readonly PrivateIpAddressSet: readonly {
    readonly PrivateIpAddress: string;
    readonly Primary: boolean;
    readonly State?: string;
  }[];
}

/** What is looked at. */
interface Watched {
  readonly mechanism: Mechanism;
  /** Others of the account may have the same address. */
  readonly vpcId: string;
  readonly vip: string;
  readonly publicIp: string;
}

/** Notes what the cloud shows of the address, each time that it is something else, until it is stopped. */
export async function watchAddress(
  api: AcceptanceCloud,
  watched: Watched,
  seen: Observations,
  end: AbortSignal,
): Promise<void> {
  while (!end.aborted) {
    // A question that fails is none: the next one comes at once.
    const sample = await takeSample(api, watched, seen).catch(() => undefined);
    const last = seen.samples.at(-1);
    if (sample !== undefined && (last === undefined || differs(sample, last))) seen.samples.push(sample);
    await pause(EVERY_MS, end).catch(() => undefined);
  }
}

async function takeSample(
  api: AcceptanceCloud,
  { mechanism, vpcId, vip, publicIp }: Watched,
  seen: Observations,
): Promise<AddressSample> {
  const at = Date.now();
  const addresses = await api.call("vpc", "DescribeAddresses", {
    Filters: [{ Name: "address-ip", Values: [publicIp] }],
  });
  const [eip] = addresses["AddressSet"] as readonly { AddressStatus: string; NetworkInterfaceId: string | null }[];
  const ofEip = { eipOn: eip?.NetworkInterfaceId ?? undefined, eipStatus: eip?.AddressStatus ?? "not there" };
  if (mechanism === "havip") {
    const { HaVipSet } = await api.call("vpc", "DescribeHaVips", {
      Filters: [
        { Name: "vip", Values: [vip] },
        { Name: "vpc-id", Values: [vpcId] },
      ],
    });
    const [haVip] = HaVipSet as readonly { NetworkInterfaceId?: string }[];
    return { at, holder: haVip?.NetworkInterfaceId || undefined, state: undefined, ...ofEip };
  }
  const Filters = [
    { Name: "vpc-id", Values: [vpcId] },
    { Name: "address-ip", Values: [vip] },
    { Name: "ip-exact-match", Values: ["true"] },
  ];
  const { NetworkInterfaceSet } = await api.call("vpc", "DescribeNetworkInterfaces", { Filters });
  const addressOn = ({ PrivateIpAddressSet }: Eni) =>
    PrivateIpAddressSet.find(({ PrivateIpAddress }) => PrivateIpAddress === vip);
  const eni = (NetworkInterfaceSet as readonly Eni[]).find(addressOn);
  if (eni !== undefined && eni.PrivateIpAddressSet.length > 1) {
    seen.primaryFirst.push(eni.PrivateIpAddressSet[0]?.Primary === true);
  }
  return { at, holder: eni?.NetworkInterfaceId, state: eni && addressOn(eni)?.State, ...ofEip };
}

const differs = (one: AddressSample, other: AddressSample) =>
  one.holder !== other.holder ||
  one.state !== other.state ||
  one.eipOn !== other.eipOn ||
  one.eipStatus !== other.eipStatus;

/** Asks the filter `address-ip` for the end of an address, and for the whole of it. */
export async function askByFilter(
  api: AcceptanceCloud,
  vpcId: string,
  vip: string,
): Promise<NonNullable<Observations["filterFinds"]>> {
  const find = async (value: string) => {
    const answer = await api.call("vpc", "DescribeNetworkInterfaces", {
      Filters: [
        { Name: "vpc-id", Values: [vpcId] },
        { Name: "address-ip", Values: [value] },
      ],
      Limit: 100,
    });
    const enis = answer["NetworkInterfaceSet"] as readonly Eni[];
    return enis.flatMap(({ PrivateIpAddressSet }) => PrivateIpAddressSet.map((each) => each.PrivateIpAddress));
  };
  return { suffix: await find(vip.slice(vip.indexOf(".") + 1)), exact: await find(vip), vip };
}
