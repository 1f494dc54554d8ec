import { LocalCloud, type LocalCloudOptions } from "../../src/index.ts";
import { type Answer, call, rootKey } from "./client.ts";

/** The versions of the APIs, other than CVM's and VPC's. */
export const versions: Record<string, string> = {
  cam: "2019-01-16",
  tag: "2018-08-13",
  sts: "2018-08-13",
  tat: "2020-10-28",
};

/** A call of the account's: service and action, and the body. */
export type Ask = (operation: `${string}:${string}`, body?: object) => Promise<Answer>;

/** A call of the account's, for the code with which it is refused; undefined where it is not. */
export type AskCode = (operation: `${string}:${string}`, body?: object) => Promise<string | undefined>;

/** An empty account, and what calls its API. */
export async function startEmpty(
  options: Partial<LocalCloudOptions> = {},
): Promise<{ cloud: LocalCloud; ask: Ask; code: AskCode }> {
  const cloud = await LocalCloud.start({ region: "ap-singapore", taskMs: 20, log: () => undefined, ...options });
  cloud.seed.secret(rootKey);
  const ask: Ask = (operation, body = {}) => {
    const [service = "", action = ""] = operation.split(":");
    return call(cloud, { key: rootKey, service, action, body, version: versions[service] ?? "2017-03-12" });
  };
  const code: AskCode = async (operation, body) => (await ask(operation, body)).Error?.Code;
  return { cloud, ask, code };
}

/** A VPC with a subnet in it, made by calls. */
export async function makeNetwork(ask: Ask): Promise<{ VpcId: string; SubnetId: string }> {
  const { Vpc } = await ask("vpc:CreateVpc", { VpcName: "v", CidrBlock: "10.0.0.0/16" });
  const { Subnet } = await ask("vpc:CreateSubnet", {
    VpcId: Vpc.VpcId,
    SubnetName: "s",
    CidrBlock: "10.0.1.0/24",
    Zone: "ap-singapore-1",
  });
  return { VpcId: Vpc.VpcId, SubnetId: Subnet.SubnetId };
}

/** The body of RunInstances for a machine in this network. */
export const machine = ({ VpcId, SubnetId }: { VpcId: string; SubnetId: string }, more: object = {}) => ({
  Placement: { Zone: "ap-singapore-1" },
  ImageId: "img-487zeit5",
  InstanceType: "S5.MEDIUM2",
  VirtualPrivateCloud: { VpcId, SubnetId, PrivateIpAddresses: ["10.0.1.11"] },
  ...more,
});
