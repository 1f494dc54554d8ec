import { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { askLaterAddresses, forgetGoneAddresses } from "../../src/lab/asked-addresses.ts";
import type { Client } from "../../src/lab/client.ts";
import { Owner } from "../../src/lab/owner.ts";
import type { Via } from "../../src/report/run-record.ts";

const SUBNET = { subnetId: "subnet-11111111" };
const NODE = { ...SUBNET, instanceId: "ins-11111111", instanceName: "web-primary", privateIp: "10.0.1.11" };

let cloud: LocalCloud;
/** A client that asks nobody, and says through which addresses it would. */
let client: Client;

beforeEach(async () => {
  cloud = await LocalCloud.start({ region: "ap-singapore", taskMs: 0 });
  cloud.seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
  cloud.seed.subnet({ ...SUBNET, vpcId: "vpc-11111111", cidrBlock: "10.0.1.0/24", zone: "ap-singapore-1" });
  cloud.seed.instance(NODE);
  cloud.seed.haVip({ ...SUBNET, haVipId: "havip-11111111", vip: "10.0.1.100" });
  const addresses = new Map<Via, string>([["VIP", "10.0.1.100"]]);
  client = {
    addresses,
    begin: (via: Via, address: string) => void addresses.set(via, address),
    end: (via: Via) => void addresses.delete(via),
  } as unknown as Client;
  askLaterAddresses({ cloud, client, stack: { vip: "10.0.1.100" } });
});
afterEach(() => cloud.stop());

/** The node announces an address, as keepalived does. */
function announce(vip: string): void {
  const networkInterfaceId = cloud.state.instances.get(NODE.instanceId)?.networkInterfaceId ?? "";
  cloud.learn({ vip, networkInterfaceId });
}

test("a further VIP is asked once a node has announced it, and no more once it is gone", async () => {
  cloud.seed.haVip({ ...SUBNET, haVipId: "havip-22222222", vip: "10.0.1.102" });
  expect([...client.addresses.keys()]).toEqual(["VIP"]);
  announce("10.0.1.102");
  expect([...client.addresses]).toEqual([
    ["VIP", "10.0.1.100"],
    ["VIP 10.0.1.102", "10.0.1.102"],
  ]);
  forgetGoneAddresses({ cloud, client });
  expect([...client.addresses.keys()]).toEqual(["VIP", "VIP 10.0.1.102"]);
  await new Owner(cloud).call("vpc", "DeleteHaVip", { HaVipId: "havip-22222222" });
  forgetGoneAddresses({ cloud, client });
  expect([...client.addresses.keys()]).toEqual(["VIP"]);
});

test("a public address is asked once it stands for an address of the pair's, whichever it was before", () => {
  cloud.seed.address({ addressId: "eip-11111111", addressIp: "203.0.113.1", haVipId: "havip-11111111" });
  announce("10.0.1.100");
  expect(client.addresses.get("EIP")).toBe("203.0.113.1");
});
