import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Receipt } from "../../src/passes/receipt.ts";
import { actions, completeAsRoot, holder, LOG, startCloud, STATE, TestNode, VIP } from "../support/pair.ts";
import { simulateTimers } from "../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(simulateTimers);
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
  test("says what the peer says of itself, in which both may be MASTER, and nothing of one that is silent", async () => {
    await primary.run();
    primary.peerState = "MASTER";
    const { lines } = await primary.command(["status"]);
    expect(lines).toEqual(["10.0.1.100 MASTER holder: mine EIP: eip-00000001 agree: yes peer: MASTER"]);
    const json = await primary.command(["status", "--json"]);
    expect(JSON.parse(json.lines[0] ?? "")).toMatchObject({ peer: "MASTER" });
    primary.peerState = undefined;
    expect((await primary.command(["status"])).lines[0]).toMatch(/agree: yes$/);
  });

  test("does not ask the peer where the pair's agents do not tell each other what keepalived is", async () => {
    vi.stubGlobal("__PEER_WORD__", false);
    try {
      await primary.run();
      primary.peerState = "MASTER";
      expect((await primary.command(["status"])).lines[0]).toMatch(/agree: yes$/);
      const json = await primary.command(["status", "--json"]);
      expect(JSON.parse(json.lines[0] ?? "")).not.toHaveProperty("peer");
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("says in a line for people that a MASTER has its address, and exits with 0", async () => {
    await primary.notify("MASTER").run();
    const { status, lines } = await primary.command(["status"]);
    expect(lines).toEqual([`${VIP} MASTER holder: mine EIP: eip-00000001 agree: yes`]);
    expect(status).toBe(0);
  });

  test("says that a MASTER without its address does not agree, and exits with 1", async () => {
    const { status, lines } = await primary.command(["status"]);
    expect(lines).toEqual([`${VIP} MASTER holder: parked EIP: eip-00000001 agree: no`]);
    expect(status).toBe(1);
  });

  test("says so of a BACKUP that has the address, too", async () => {
    await primary.notify("MASTER").run();
    primary.hasVip = false;
    const { status, lines } = await primary.command(["status"]);
    expect(lines).toEqual([`${VIP} BACKUP holder: mine EIP: eip-00000001 agree: no`]);
    expect(status).toBe(1);
  });

  test("is content with a BACKUP whose peer has it", async () => {
    await new TestNode(cloud, "secondary", "secondary-private-ip").notify("MASTER").run();
    primary.hasVip = false;
    expect(await receiptOf("status", "--json")).toMatchObject({
      status: 0,
      receipt: { vrrp: "BACKUP", holderAfter: "peer", agree: "yes", verdict: "idle", status: 0 },
    });
  });

  test.each([
    ["FAULT", { hasVip: false }, "FAULT"],
    ["STOP", { hasVip: false }, "STOP"],
    ["MASTER", { keepalived: false }, "DEAD"],
  ])("is not content with a node that %s made %o, whoever has the address", async (notified, node, state) => {
    await new TestNode(cloud, "secondary", "secondary-private-ip").notify("MASTER").run();
    Object.assign(primary, node);
    const atPeer = await primary.notify(notified).command(["status"]);
    expect(atPeer).toEqual({ status: 1, lines: [`${VIP} ${state} holder: peer EIP: eip-00000001 agree: unknown`] });
    Object.assign(primary, { hasVip: true, keepalived: true });
    await primary.notify("MASTER").run();
    Object.assign(primary, node);
    const here = await primary.notify(notified).command(["status"]);
    expect(here).toEqual({ status: 1, lines: [`${VIP} ${state} holder: mine EIP: eip-00000001 agree: no`] });
  });

  test("is not content with a BACKUP while the address is parked: nobody serves", async () => {
    primary.hasVip = false;
    expect(await primary.command(["status"])).toEqual({
      status: 1,
      lines: [`${VIP} BACKUP holder: parked EIP: eip-00000001 agree: no`],
    });
  });

  test("is not content with an address whose EIP is gone, on either node", async () => {
    const secondary = new TestNode(cloud, "secondary", "secondary-private-ip");
    await secondary.notify("MASTER").run();
    await completeAsRoot(cloud, "DisassociateAddress", { AddressId: "eip-00000001" });
    primary.hasVip = false;
    for (const [node, state, holds] of [
      [primary, "BACKUP", "peer"],
      [secondary, "MASTER", "mine"],
    ] as const) {
      expect(await node.command(["status"])).toEqual({
        status: 1,
        lines: [`${VIP} ${state} holder: ${holds} EIP:  agree: no eip-00000001 is not on ${VIP}`],
      });
    }
  });

  test("is not content with one address of two, whatever is said of the other", async () => {
    await primary.notify("MASTER").run();
    const virtualIps = primary.settings["virtualIps"] as object[];
    primary.extraVips = ["10.0.1.200"];
    for (const order of [
      [...virtualIps, { vip: "10.0.1.200" }],
      [{ vip: "10.0.1.200" }, ...virtualIps],
    ]) {
      primary.settings["virtualIps"] = order;
      const { status, lines } = await primary.command(["status"]);
      expect(lines.sort()).toEqual([
        expect.stringMatching(/^10\.0\.1\.100 MASTER holder: mine .*agree: yes$/),
        expect.stringMatching(/^10\.0\.1\.200 MASTER holder: none .*agree: no$/),
      ]);
      expect(status).toBe(1);
    }
  });

  test("says why it does not know, and exits with 1", async () => {
    cloud.faults.add({ action: "DescribeNetworkInterfaces", code: "UnauthorizedOperation", message: "no", count: 9 });
    const { status, lines } = await primary.command(["status"]);
    const why = "DescribeNetworkInterfaces: UnauthorizedOperation: no";
    expect(lines).toEqual([`${VIP} MASTER holder: unknown EIP:  agree: unknown ${why}`]);
    expect(status).toBe(1);
  });

  test("gives up soon where the API fails, and does not go on until the deadline of a run that moves", async () => {
    cloud.faults.add({ action: "DescribeNetworkInterfaces", code: "InternalError", count: Infinity });
    const { status, receipt } = await receiptOf("status", "--json");
    expect(receipt).toMatchObject({ holderAfter: "unknown", agree: "unknown" });
    // It looks again three times, behind pauses of 50, 100 and 200 ms at most.
    expect(receipt.ms).toBeGreaterThan(0);
    expect(receipt.ms).toBeLessThanOrEqual(350);
    expect(status).toBe(1);
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
    expect(receipt).toMatchObject({ verdict: "idle", holderAfter: "mine", eip: "203.0.113.10", agree: "yes" });
    expect(actions(receipt)).toEqual(["DescribeHaVips"]);
    expect(status).toBe(0);
    primary.hasVip = false;
    expect((await receiptOf("status", "--json")).receipt).toMatchObject({ holderAfter: "mine", agree: "no" });
    primary.hasVip = true;
    delete primary.settings["roleName"];
    const { status: roleless, lines } = await primary.command(["status"]);
    const why = "not verified: no role";
    expect(lines).toEqual([`${VIP} MASTER holder:  EIP:  agree: unknown ${why}`]);
    expect(roleless).toBe(1);
  });
});

describe("pairctl reconcile --dry-run", () => {
  test("says what a take would call, and does not call it", async () => {
    primary.notify("MASTER");
    const { status, receipt } = await receiptOf("reconcile", "--dry-run");
    expect(receipt).toMatchObject({ verdict: "planned", holderBefore: "parked", holderAfter: "parked", agree: "no" });
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
    const left = ["/etc/pairctl/settings.json", `${STATE}credentials`, `${STATE}notification`];
    expect([...primary.files.keys()].sort()).toEqual(left);
    expect((await primary.run()).receipt).toMatchObject({ trigger: "MASTER", verdict: "moved" });
    expect(primary.files.get(LOG)?.split("\n")).toHaveLength(2);
  });

  test("says that all is well where it is", async () => {
    await primary.notify("MASTER").run();
    expect(await receiptOf("reconcile", "--dry-run")).toMatchObject({ status: 0, receipt: { verdict: "holds" } });
  });

  test("says what would bind the EIP", async () => {
    await primary.notify("MASTER").run();
    await completeAsRoot(cloud, "DisassociateAddress", { AddressId: "eip-00000001" });
    expect((await receiptOf("reconcile", "--dry-run")).receipt.message).toBe(
      'would call AssociateAddress {"AddressId":"eip-00000001","NetworkInterfaceId":"eni-primary0",' +
        `"PrivateIpAddress":"${VIP}"}`,
    );
    expect(holder(cloud)).toBe("ins-primary0");
  });
});
