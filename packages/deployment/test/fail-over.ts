import type { LocalCloud } from "local-cloud";
import { expect } from "vitest";
import { type Answer, call, eventually, send } from "../../local-cloud/test/support/client.ts";
import type { Mechanism } from "pairctl/contract";

/** The virtual address of `pair.yaml`. */
export const VIP = "10.0.1.100";

/** The instance of a node, `primary` or `secondary`, that is there now. */
export const instanceNamed = ({ state }: LocalCloud, name: string) => {
  const instance = [...state.instances.values()].find(({ instanceName }) => instanceName === `web-pair-${name}`);
  if (!instance) throw new Error(`there is no instance 'web-pair-${name}'`);
  return instance;
};

/** Signed with the temporary credentials of an instance, as pairctl's calls are. */
async function asNode(cloud: LocalCloud, instanceId: string, action: string, body: object): Promise<Answer> {
  const path = "/latest/meta-data/cam/security-credentials/web-pair-hook";
  const url = new URL(`${cloud.metadataUrl(instanceId)}${path}`);
  const { text } = await send(url.origin, { method: "GET", path: url.pathname, headers: { host: url.host } });
  const { TmpSecretId, TmpSecretKey, Token } = JSON.parse(text) as Record<string, string>;
  const key = { secretId: TmpSecretId ?? "", secretKey: TmpSecretKey ?? "", token: Token ?? "" };
  return call(cloud, { key, action, body });
}

/** The node takes the address over, as keepalived or pairctl on it would. */
export async function takeOver(cloud: LocalCloud, mechanism: Mechanism, name: string): Promise<void> {
  const { instanceId, networkInterfaceId } = instanceNamed(cloud, name);
  if (mechanism === "havip") {
    expect(cloud.learn({ vip: VIP, networkInterfaceId })).toBe(true);
  } else {
    const answer = await asNode(cloud, instanceId, "MigratePrivateIpAddress", {
      SourceNetworkInterfaceId: cloud.holderOf(VIP)?.networkInterfaceId,
      DestinationNetworkInterfaceId: networkInterfaceId,
      PrivateIpAddress: VIP,
    });
    expect(answer.Error).toBeUndefined();
    await eventually(() => expect(cloud.holderOf(VIP)?.instanceId).toBe(instanceId));
  }
  expect(cloud.holderOf(VIP)?.instanceId).toBe(instanceId);
}
