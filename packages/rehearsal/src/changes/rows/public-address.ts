import type { OperatedPair } from "../../operator/operated-pair.ts";
import { type Change, DEPLOY, PUSH } from "../change.ts";

const EIP = "tencentcloud_eip.Vip_Eip_FE1C3B0C";

/** @throws where the client does not reach the pair by its public address */
async function requireReached({ lab }: OperatedPair): Promise<void> {
  const [eip, ...others] = [...lab.cloud.state.addresses.values()];
  if (eip === undefined || others.length > 0) throw new Error(`there must be one EIP, found ${others.length + 1}`);
  const [answer] = await lab.client.askAddress(eip.addressIp, 1);
  if (!lab.nodes.some(({ role }) => role === answer)) {
    throw new Error(`the client must reach the pair by ${eip.addressIp}, and gets '${answer}'`);
  }
}

/** What becomes of the public address. */
export const PUBLIC_ADDRESS: readonly Change[] = [
  {
    name: "eip-bandwidth",
    what: "another bandwidth of the EIP",
    settings: { eip: { bandwidthMbps: 20 } },
    planSays: "nothing",
    actions: [DEPLOY],
  },
  {
    name: "eip-removed",
    what: "the EIP is taken away",
    settings: { eip: null },
    planSays: "public-address-changes, refused",
    actions: [DEPLOY, PUSH],
    outageBounds: { EIP: "ends" },
    audit: ({ lab }) => {
      if (lab.cloud.state.addresses.size > 0) throw new Error("the EIP must be gone");
    },
  },
  {
    name: "eip-added",
    what: "an EIP is added",
    before: { eip: null },
    settings: { eip: { bandwidthMbps: 10 } },
    planSays: "rolling",
    actions: [DEPLOY, PUSH],
    audit: requireReached,
  },
  {
    name: "eip-replaced",
    what: "another EIP in the place of the first",
    planSays: "public-address-changes, refused",
    actions: [{ kind: "deploy", args: [`-replace=${EIP}`] }, PUSH],
    audit: requireReached,
  },
];
