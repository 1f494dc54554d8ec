import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MECHANISMS } from "../../src/contract/index.ts";
import type { Host } from "../../src/node/host.ts";
import { actions, callAsRoot, holder, startCloud, STATE, tampered, TestNode, VIP } from "../support/pair.ts";
import { network, simulateTimers } from "../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

const count = (receipt: Parameters<typeof actions>[0], action: string) =>
  actions(receipt).filter((each) => each === action).length;

describe("the cloud's task", () => {
  test("that has failed is no move: the run looks again at once, and moves again", async () => {
    cloud.taskMs = 500;
    cloud.faults.add({ action: "MigratePrivateIpAddress", task: "fails", count: Infinity });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ verdict: "failed", ms: 10_000 });
    // Each takes as long as the task, and a look a tenth of a second later at most.
    expect(count(receipt, "MigratePrivateIpAddress")).toBeGreaterThanOrEqual(16);
    expect(count(receipt, "MigratePrivateIpAddress")).toBeLessThanOrEqual(20);
    expect(holder(cloud)).toBeUndefined();
    expect(status).toBe(1);
  });

  test("that never shows is given 3 s: then the address is moved again", async () => {
    const lost = tampered("MigratePrivateIpAddress", () => '{"Response":{"RequestId":"1"}}');
    cloud.faults.add({ action: "MigratePrivateIpAddress", code: "InternalError", count: Infinity });
    const { receipt } = await primary.notify("MASTER").run(lost);
    expect(receipt).toMatchObject({ verdict: "failed", holderAfter: "moving", message: `${VIP} is moving` });
    expect(count(receipt, "MigratePrivateIpAddress")).toBe(4);
  });

  test("that does not end is watched until the deadline, ten times a second at most", async () => {
    cloud.faults.add({ action: "MigratePrivateIpAddress", task: "never ends" });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ verdict: "failed", message: `${VIP} is moving`, ms: 10_000 });
    expect(count(receipt, "DescribeNetworkInterfaces")).toBeGreaterThan(95);
    expect(count(receipt, "DescribeNetworkInterfaces")).toBeLessThan(110);
    expect(count(receipt, "MigratePrivateIpAddress")).toBe(1);
    expect(status).toBe(1);
  });

  test("that does not end is watched for as long as the settings say", async () => {
    primary.settings["deadlineMs"] = 3000;
    cloud.faults.add({ action: "MigratePrivateIpAddress", task: "never ends" });
    expect((await primary.notify("MASTER").run()).receipt).toMatchObject({ verdict: "failed", ms: 3000 });
  });

  test("of somebody else that does not end is waited for until the deadline, and is said", async () => {
    cloud.taskMs = 60_000;
    const ends = { SourceNetworkInterfaceId: "eni-parking0", DestinationNetworkInterfaceId: "eni-secondary0" };
    await callAsRoot(cloud, "MigratePrivateIpAddress", { ...ends, PrivateIpAddress: VIP });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(receipt).toMatchObject({ verdict: "failed", holderAfter: "moving", message: `${VIP} is moving` });
    expect(actions(receipt)).not.toContain("MigratePrivateIpAddress");
    expect(status).toBe(1);
  });
});

test("an EIP that does not get to the address is waited for until the deadline, and is said", async () => {
  await primary.notify("MASTER").run();
  const never = tampered("DescribeNetworkInterfaces", (body) => body.replaceAll("eip-00000001", ""));
  const bound = tampered("AssociateAddress", () => '{"Response":{"RequestId":"1"}}');
  const request: Host["request"] = (url, asked) =>
    (asked.headers?.["x-tc-action"] === "AssociateAddress" ? bound : never).request(url, asked);
  const { status, receipt } = await primary.run({ request });
  expect(receipt).toMatchObject({ verdict: "failed", holderAfter: "mine", message: "eip-00000001 is not here yet" });
  expect(status).toBe(1);
});

test("an address on an interface of another subnet is a wrong setting: it is said, and nothing is moved", async () => {
  const elsewhere = tampered("DescribeNetworkInterfaces", (body) => {
    const { Response } = JSON.parse(body);
    for (const each of Response.NetworkInterfaceSet) {
      if (each.NetworkInterfaceId === "eni-parking0") each.SubnetId = "subnet-00000002";
    }
    return JSON.stringify({ Response });
  });
  const { status, receipt } = await primary.notify("MASTER").run(elsewhere);
  expect(receipt.message).toBe(`${VIP} is not in subnet-00000001`);
  expect(actions(receipt)).toEqual(["DescribeNetworkInterfaces", "DescribeNetworkInterfaces"]);
  expect(status).toBe(1);
});

test("the cloud is asked for just the two addresses, in the VPC alone, and for as much as a page can hold", async () => {
  const asked: unknown[] = [];
  const { request } = network;
  const listening: Host["request"] = (url, question) => {
    if (question.headers?.["x-tc-action"] === "DescribeNetworkInterfaces") asked.push(JSON.parse(question.body ?? ""));
    return request(url, question);
  };
  await primary.command(["status"], { request: listening });
  const filters = (address: string) => ({
    Filters: [
      { Name: "vpc-id", Values: ["vpc-00000001"] },
      { Name: "address-ip", Values: [address] },
      { Name: "ip-exact-match", Values: ["true"] },
    ],
    Limit: 100,
  });
  expect(asked).toEqual([filters("10.0.1.11"), filters(VIP)]);
});

test.each(MECHANISMS)("refuses the settings of the other node, and asks the cloud nothing: %s", async (mechanism) => {
  await using other = await startCloud(mechanism);
  const node = new TestNode(other, "primary", mechanism);
  const copied = new TestNode(other, "secondary", mechanism).settings;
  Object.assign(node.settings, copied);
  const { status, receipt } = await node.notify("MASTER").run();
  expect(receipt).toMatchObject({ verdict: "failed", agree: "unknown", message: "10.0.1.12 is not this node's" });
  expect(actions(receipt)).toEqual([]);
  expect(status).toBe(1);
});

test("a look at the node that fails once is made again, and no error of it gets out", async () => {
  cloud.taskMs = 500;
  let looks = 0;
  const hasAddress = (address: string) => {
    if (address !== VIP) return address === "10.0.1.11";
    looks += 1;
    // As without a file descriptor that is left.
    if (looks === 2) throw new Error("EMFILE");
    return true;
  };
  const { status, receipt } = await primary.notify("MASTER").run({ hasAddress });
  expect(looks).toBeGreaterThan(2);
  expect({ status, receipt }).toMatchObject({ status: 0, receipt: { verdict: "moved", holderAfter: "mine" } });
});

test("no call is waited for longer than 2 s, also the last one before the deadline", async () => {
  const { clock, sleep } = primary.time;
  const waits: { at: number; timeoutMs: number }[] = [];
  const { request } = network;
  const hanging: Host["request"] = async (url, asked) => {
    if (asked.method === "GET") return request(url, asked);
    waits.push({ at: clock(), timeoutMs: asked.timeoutMs });
    await sleep(asked.timeoutMs);
    throw new Error("timed out");
  };
  await primary.notify("MASTER").run({ random: () => 0, request: hanging });
  for (const { timeoutMs } of waits) expect(timeoutMs).toBe(2000);
  expect(waits.at(-1)?.at).toBeGreaterThan(8000);
  expect(clock()).toBeLessThan(12_000);
});

test("an endpoint that answers is not given up for what a run asks right before its deadline", async () => {
  cloud.faults.add({ action: "MigratePrivateIpAddress", task: "never ends" });
  const [real = ""] = cloud.apiUrls;
  primary.settings["apiEndpoints"] = [real, "http://127.0.0.1:1"];
  const slow: Host["request"] = async (url, asked) => {
    const answer = await network.request(url, asked);
    await primary.time.sleep(Math.min(170, asked.timeoutMs));
    if (asked.timeoutMs < 170) throw new Error("timed out");
    return answer;
  };
  const { receipt } = await primary.notify("MASTER").run({ request: slow });
  expect(receipt).toMatchObject({ verdict: "failed", holderAfter: "moving", message: `${VIP} is moving` });
  expect(new Set(receipt.calls?.map(({ code }) => code))).toEqual(new Set(["OK"]));
  expect(primary.files.has(`${STATE}endpoint`)).toBe(false);
});

test.each([
  ["the shortest", 0, [25, 50, 100, 200, 400, 800, 800]],
  ["the longest", 1, [50, 100, 200, 400, 800, 1600, 1600]],
])(
  "after errors it is looked again soon at first and ever more slowly then: %s pauses",
  async (_, random, expected) => {
    const { clock, sleep } = primary.time;
    const pauses: number[] = [];
    cloud.faults.add({ action: "*", code: "InternalError", count: Infinity });
    await primary.notify("MASTER").run({
      random: () => random,
      sleep: (ms) => {
        pauses.push(ms);
        return sleep(ms);
      },
    });
    expect(pauses.slice(0, expected.length)).toEqual(expected);
    expect(clock()).toBe(10_000);
  },
);
