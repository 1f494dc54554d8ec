import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Host } from "../../../src/node/host.ts";
import { nodeHost } from "../../../src/node/real-host.ts";
import { actions, callAsRoot, holder, startCloud, TestNode, VIP, virtualTime } from "../../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

/** A cloud whose moves never begin, and whose tasks say a status. */
function stuck(status: string): Pick<Host, "request"> {
  const { request } = nodeHost();
  return {
    request: async (url, asked) => {
      const action = asked.headers?.["x-tc-action"];
      const answer = (Response: object) => ({ status: 200, body: JSON.stringify({ Response }) });
      if (action === "MigratePrivateIpAddress") return answer({ RequestId: "1" });
      if (action === "DescribeVpcTaskResult") return answer({ RequestId: "2", Status: status });
      return request(url, asked);
    },
  };
}

describe("the cloud's task", () => {
  test("that has failed is no move: the run looks again at once, and moves again", async () => {
    const { receipt } = await primary.notify("MASTER").run({ ...virtualTime(), ...stuck("FAILED") });
    expect(receipt).toMatchObject({ verdict: "failed", holderAfter: "unknown" });
    expect(receipt.message).toBe("the task of the move is FAILED");
    const looks = ["DescribeNetworkInterfaces", "DescribeNetworkInterfaces"];
    const tried = [...looks, "MigratePrivateIpAddress", "DescribeVpcTaskResult"];
    expect(actions(receipt).slice(-8)).toEqual([...tried, ...tried]);
    expect(holder(cloud)).toBeUndefined();
  });

  test("that does not end is watched until the deadline, ten times a second at most", async () => {
    const { status, receipt } = await primary.notify("MASTER").run({ ...virtualTime(), ...stuck("RUNNING") });
    expect(receipt).toMatchObject({ verdict: "failed", message: "the task of the move is RUNNING" });
    expect(receipt.ms).toBe(10_000);
    const asked = actions(receipt).filter((action) => action === "DescribeVpcTaskResult").length;
    expect(asked).toBeGreaterThan(95);
    expect(asked).toBeLessThan(110);
    expect(status).toBe(1);
  });

  test("that does not end is watched for as long as the settings say", async () => {
    primary.settings["deadlineMs"] = 3000;
    const { receipt } = await primary.notify("MASTER").run({ ...virtualTime(), ...stuck("RUNNING") });
    expect(receipt).toMatchObject({ verdict: "failed", ms: 3000 });
  });

  test("of somebody else that does not end is waited for until the deadline, and is said", async () => {
    cloud.taskMs = 60_000;
    const ends = { SourceNetworkInterfaceId: "eni-parking0", DestinationNetworkInterfaceId: "eni-secondary0" };
    await callAsRoot(cloud, "MigratePrivateIpAddress", { ...ends, PrivateIpAddress: VIP });
    const { status, receipt } = await primary.notify("MASTER").run(virtualTime());
    expect(receipt).toMatchObject({ verdict: "failed", holderAfter: "moving", message: `${VIP} is still moving` });
    expect(actions(receipt)).not.toContain("MigratePrivateIpAddress");
    expect(status).toBe(1);
  });
});
