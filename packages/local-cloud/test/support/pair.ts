import { type CloudEvents, LocalCloud, type LocalCloudOptions } from "../../src/index.ts";
import { type Answer, call, eventually, rootKey } from "./client.ts";

export { rootKey };

/** Two nodes, a parking ENI that has the VIP and its EIP, and a HAVIP with an EIP of its own. */
export async function startPair(options: Partial<LocalCloudOptions> = {}): Promise<LocalCloud> {
  const cloud = await LocalCloud.start({ region: "ap-singapore", taskMs: 200, log: () => undefined, ...options });
  const { seed } = cloud;
  seed.secret(rootKey);
  seed.role({ roleName: "pair-hook" });
  seed.policy({
    policyName: "pair-hook",
    document: {
      version: "2.0",
      statement: [{ effect: "allow", action: ["name/vpc:Describe*", "vpc:MigratePrivateIpAddress"], resource: "*" }],
    },
  });
  seed.rolePolicyAttachment({ roleName: "pair-hook", policyName: "pair-hook" });
  seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
  const zone = "ap-singapore-1";
  seed.subnet({ subnetId: "subnet-11111111", vpcId: "vpc-11111111", cidrBlock: "10.0.1.0/24", zone });
  seed.subnet({ subnetId: "subnet-22222222", vpcId: "vpc-11111111", cidrBlock: "10.0.2.0/24", zone });
  const subnetId = "subnet-11111111";
  for (const node of [
    {
      instanceId: "ins-aaaaaaaa",
      networkInterfaceId: "eni-aaaaaaaa",
      privateIp: "10.0.1.11",
      macAddress: "52:54:00:00:00:aa",
    },
    {
      instanceId: "ins-bbbbbbbb",
      networkInterfaceId: "eni-bbbbbbbb",
      privateIp: "10.0.1.12",
      macAddress: "52:54:00:00:00:bb",
    },
  ]) {
    seed.instance({ ...node, subnetId, camRoleName: "pair-hook" });
  }
  seed.networkInterface({
    networkInterfaceId: "eni-parking0",
    subnetId,
    privateIp: "10.0.1.101",
    secondaryPrivateIps: ["10.0.1.100"],
  });
  seed.address({
    addressId: "eip-11111111",
    addressIp: "203.0.113.10",
    networkInterfaceId: "eni-parking0",
    privateIp: "10.0.1.100",
  });
  seed.haVip({ haVipId: "havip-11111111", subnetId, vip: "10.0.1.200", checkAssociate: true });
  seed.address({ addressId: "eip-22222222", addressIp: "203.0.113.20" });
  return cloud;
}

/** A call with the account's key. */
export const asRoot = (cloud: LocalCloud, action: string, body: object = {}): Promise<Answer> =>
  call(cloud, { key: rootKey, action, body });

/** An ENI as the API shows it. */
export async function eniView(cloud: LocalCloud, networkInterfaceId: string): Promise<Answer> {
  const { NetworkInterfaceSet } = await asRoot(cloud, "DescribeNetworkInterfaces", {
    NetworkInterfaceIds: [networkInterfaceId],
  });
  return NetworkInterfaceSet[0];
}

/** An EIP as the API shows it. */
export async function addressView(cloud: LocalCloud, addressId: string): Promise<Answer> {
  const { AddressSet } = await asRoot(cloud, "DescribeAddresses", { AddressIds: [addressId] });
  return AddressSet[0];
}

/** A HAVIP as the API shows it. */
export async function haVipView(cloud: LocalCloud, haVipId = "havip-11111111"): Promise<Answer> {
  const { HaVipSet } = await asRoot(cloud, "DescribeHaVips", { HaVipIds: [haVipId] });
  return HaVipSet[0];
}

/** Waits for the end of a task of VPC, by the RequestId of the call that started it. */
export const taskDone = (cloud: LocalCloud, requestId: string): Promise<Answer> =>
  eventually(async () => {
    const answer = await asRoot(cloud, "DescribeVpcTaskResult", { TaskId: requestId });
    if (answer.Status === "RUNNING") throw new Error(`task ${requestId} still runs`);
    return answer;
  });

/** Waits for the end of a task of an EIP. */
export const eipTaskDone = (cloud: LocalCloud, taskId: string): Promise<Answer> =>
  eventually(async () => {
    const answer = await asRoot(cloud, "DescribeTaskResult", { TaskId: Number(taskId) });
    if (answer.Result === "RUNNING") throw new Error(`task ${taskId} still runs`);
    return answer;
  });

/** The events of a kind from now on, as they come. */
export function recorded<Name extends keyof CloudEvents>(cloud: LocalCloud, name: Name): CloudEvents[Name][] {
  const events: CloudEvents[Name][] = [];
  cloud.on(name, (event) => events.push(event));
  return events;
}
