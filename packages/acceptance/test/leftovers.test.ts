import { expect, test } from "vitest";
import { findLeftovers } from "../src/leftovers.ts";
import { startCloud } from "./cloud/cloud.ts";

test("what carries the run's name is found in the cloud itself, kind by kind, and nothing of others", async () => {
  const { cloud, api } = await startCloud();
  await using _ = cloud;
  expect(await findLeftovers(api, "acceptance-123456")).toEqual([]);
  for (const name of ["acceptance-123456", "acceptance-1234567", "web"]) {
    const { Vpc } = (await api.call("vpc", "CreateVpc", { VpcName: name, CidrBlock: "10.0.0.0/16" })) as {
      Vpc: { VpcId: string };
    };
    await api.call("vpc", "CreateSecurityGroup", { GroupName: name, GroupDescription: "x" });
    await api.call("cvm", "CreateDisasterRecoverGroup", { Name: name, Type: "HOST" });
    const network = { VpcId: Vpc.VpcId, Zone: "ap-singapore-1", CidrBlock: "10.0.1.0/24" };
    await api.call("vpc", "CreateSubnet", { ...network, SubnetName: name });
    const statement = [{ effect: "allow", action: ["vpc:DescribeHaVips"], resource: ["*"] }];
    const PolicyDocument = JSON.stringify({ version: "2.0", statement });
    await api.call("cam", "CreatePolicy", { PolicyName: `${name}-hook`, PolicyDocument });
  }
  const found = await findLeftovers(api, "acceptance-123456");
  expect(found.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
    "VPC acceptance-123456",
    "placement group acceptance-123456",
    "policy acceptance-123456-hook",
    "security group acceptance-123456",
    "subnet acceptance-123456",
  ]);
});
