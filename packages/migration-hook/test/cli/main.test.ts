import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Host } from "../../src/node/host.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import type { Receipt } from "../../src/cli/receipt.ts";
import { actions, callAsRoot, holder, LOG, startCloud, STATE, TestNode, VIP, virtualTime } from "../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

/** A command whose output is one receipt. */
async function receiptOf(...words: string[]): Promise<{ status: number; receipt: Receipt }> {
  const { status, lines } = await primary.command(words);
  expect(lines).toHaveLength(1);
  return { status, receipt: JSON.parse(lines[0] ?? "") as Receipt };
}

describe("pairctl status", () => {
  test("says in a line for people that a MASTER has its address, and exits with 0", async () => {
    await primary.notify("MASTER").run();
    const { status, lines } = await primary.command(["status"]);
    expect(lines).toEqual([`${VIP} MASTER holder: mine EIP: eip-00000001 agree `]);
    expect(status).toBe(0);
  });

  test("says that a MASTER without its address does not agree, and exits with 1", async () => {
    const { status, lines } = await primary.command(["status"]);
    expect(lines).toEqual([`${VIP} MASTER holder: parked EIP: eip-00000001 do not agree `]);
    expect(status).toBe(1);
  });

  test("says so of a BACKUP that has the address, too", async () => {
    await primary.notify("MASTER").run();
    primary.hasVip = false;
    const { status, lines } = await primary.command(["status"]);
    expect(lines).toEqual([`${VIP} not MASTER holder: mine EIP: eip-00000001 do not agree `]);
    expect(status).toBe(1);
  });

  test("is content with a BACKUP whose peer has it", async () => {
    await new TestNode(cloud, "secondary", "secondary-private-ip").notify("MASTER").run();
    primary.hasVip = false;
    expect(await receiptOf("status", "--json")).toMatchObject({
      status: 0,
      receipt: { vrrp: "not MASTER", holderAfter: "peer", agree: true, verdict: "idle", status: 0 },
    });
  });

  test.each([
    ["in FAULT", "FAULT", true],
    ["whose keepalived is dead", "MASTER", false],
  ])("looks who has the address on a node %s, too", async (_, state, keepalived) => {
    await primary.notify("MASTER").run();
    Object.assign(primary, { hasVip: !keepalived, keepalived });
    const { status, lines } = await primary.notify(state).command(["status"], virtualTime());
    expect(lines).toEqual([`${VIP} not MASTER holder: mine EIP: eip-00000001 do not agree `]);
    expect(status).toBe(1);
  });

  test("says why it does not know, and exits with 1", async () => {
    cloud.faults.add({ action: "DescribeNetworkInterfaces", code: "UnauthorizedOperation", message: "no", count: 2 });
    const { status, lines } = await primary.command(["status"]);
    const why = "DescribeNetworkInterfaces: UnauthorizedOperation: no";
    expect(lines).toEqual([`${VIP} MASTER holder: unknown EIP:  do not agree ${why}`]);
    expect(status).toBe(1);
  });

  test("finds a policy that does not let the hook follow a task, and nothing else in that", async () => {
    await primary.notify("MASTER").run();
    cloud.faults.add({ action: "DescribeVpcTaskResult", code: "InvalidParameterValue" });
    expect((await receiptOf("status", "--json")).status).toBe(0);
    cloud.faults.add({ action: "DescribeVpcTaskResult", code: "UnauthorizedOperation" });
    const { status, receipt } = await receiptOf("status", "--json");
    expect(receipt.message).toMatch(/^DescribeVpcTaskResult: UnauthorizedOperation/);
    expect(receipt).toMatchObject({ verdict: "failed", holderAfter: "unknown", agree: false });
    expect(status).toBe(1);
  });

  test("asks for a task that is none, by an id, as the API demands one", async () => {
    const asked: (string | undefined)[] = [];
    const { request } = nodeHost();
    const listening: Host["request"] = (url, question) => {
      if (question.headers?.["x-tc-action"] === "DescribeVpcTaskResult") asked.push(question.body);
      return request(url, question);
    };
    await primary.command(["status"], { request: listening });
    expect(asked).toEqual(['{"TaskId":"1"}']);
  });

  test.each([["status"], ["status --json"]])("changes nothing: %s", async (command) => {
    primary.notify("MASTER");
    const wrote = vi.fn();
    const { lines } = await primary.command(command.split(" "), { writeFile: wrote, appendFile: wrote });
    expect(lines).toHaveLength(1);
    // What it may keep is what the metadata service said.
    expect(wrote.mock.calls.map(([path]) => path as string)).toEqual(wrote.mock.calls.map(() => `${STATE}credentials`));
    expect(cloud.holderOf(VIP)?.networkInterfaceId).toBe("eni-parking0");
  });

  test("asks a HAVIP's holder only", async () => {
    await using other = await startCloud("havip");
    other.learn({ vip: VIP, networkInterfaceId: "eni-primary0" });
    primary = new TestNode(other, "primary", "havip");
    const { status, receipt } = await receiptOf("status", "--json");
    expect(receipt).toMatchObject({ verdict: "idle", holderAfter: "mine", eip: "203.0.113.10", agree: true });
    expect(actions(receipt)).toEqual(["DescribeHaVips"]);
    expect(status).toBe(0);
    primary.hasVip = false;
    expect((await receiptOf("status", "--json")).receipt).toMatchObject({ holderAfter: "mine", agree: false });
    primary.hasVip = true;
    delete primary.settings["roleName"];
    expect((await primary.command(["status"])).lines).toEqual([`${VIP} MASTER holder:  EIP:  agree no role`]);
  });
});

describe("pairctl reconcile --dry-run", () => {
  test("says what a take would call, and does not call it", async () => {
    primary.notify("MASTER");
    const { status, receipt } = await receiptOf("reconcile", "--dry-run");
    expect(receipt).toMatchObject({ verdict: "planned", holderBefore: "parked", holderAfter: "parked", agree: false });
    expect(receipt.message).toBe(
      'would call MigratePrivateIpAddress {"SourceNetworkInterfaceId":"eni-parking0",' +
        `"DestinationNetworkInterfaceId":"eni-primary0","PrivateIpAddress":"${VIP}"}`,
    );
    expect(new Set(actions(receipt))).toEqual(new Set(["DescribeNetworkInterfaces"]));
    expect(status).toBe(0);
    expect(cloud.holderOf(VIP)?.networkInterfaceId).toBe("eni-parking0");
  });

  test("leaves the promotion to the run that carries it out, and no trace but what it was told", async () => {
    await primary.notify("MASTER").command(["reconcile", "--dry-run"]);
    const left = ["/etc/migration-hook/settings.json", `${STATE}credentials`, `${STATE}wish`];
    expect([...primary.files.keys()].sort()).toEqual(left);
    expect((await primary.run()).receipt).toMatchObject({ trigger: "MASTER", verdict: "moved" });
    expect(primary.files.get(LOG)?.split("\n")).toHaveLength(2);
  });

  test("says that all is well where it is", async () => {
    await primary.notify("MASTER").run();
    primary.files.delete(`${STATE}${VIP}`);
    expect(await receiptOf("reconcile", "--dry-run")).toMatchObject({ status: 0, receipt: { verdict: "holds" } });
    expect(primary.files.has(`${STATE}${VIP}`)).toBe(false);
  });

  test("says what would bind the EIP, and what would hand the address over", async () => {
    await primary.notify("MASTER").run();
    await callAsRoot(cloud, "DisassociateAddress", { AddressId: "eip-00000001" });
    await expect.poll(() => cloud.state.addresses.get("eip-00000001")?.binding).toBeUndefined();
    expect((await receiptOf("reconcile", "--dry-run")).receipt.message).toBe(
      'would call AssociateAddress {"AddressId":"eip-00000001","NetworkInterfaceId":"eni-primary0",' +
        `"PrivateIpAddress":"${VIP}"}`,
    );
    primary.hasVip = false;
    const { lines } = await primary.notify("BACKUP").command(["reconcile", "--dry-run"], virtualTime());
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ verdict: "planned", holderAfter: "mine" });
    expect(lines[0]).toMatch(/would call Migrate.*Destination\w*\W*eni-secondary0/);
    expect(holder(cloud)).toBe("ins-primary0");
  });
});
