import { expect, test } from "vitest";
import { deployedPair, type NodeStatus, parseStatus, servingNode } from "../src/pair.ts";

const outputs = {
  vip: "10.0.1.100",
  public_ip: "203.0.113.1",
  primary: { instance_id: "ins-11111111", private_ip: "10.0.1.11" },
  secondary: { instance_id: "ins-22222222", private_ip: "10.0.1.12" },
};
const pair = deployedPair("web", outputs);
const master: NodeStatus = { vrrp: "MASTER", holderAfter: "mine", agree: "yes" };
const backup: NodeStatus = { vrrp: "BACKUP", holderAfter: "peer", agree: "yes" };

test("the pair is read from the stack's outputs", () => {
  expect(pair.nodes).toEqual([
    { role: "primary", instanceId: "ins-11111111", hostName: "web-primary" },
    { role: "secondary", instanceId: "ins-22222222", hostName: "web-secondary" },
  ]);
});

test("refuses outputs without a public address, and names the output", () => {
  expect(() => deployedPair("web", { ...outputs, public_ip: undefined })).toThrow("'public_ip' must be a text");
});

test("a pair is well when one node serves and the other could, whichever it is", () => {
  expect(servingNode(pair, [master, backup])?.role).toBe("primary");
  expect(servingNode(pair, [backup, master])?.role).toBe("secondary");
  const not = [
    [master, master],
    [backup, backup],
    [master, undefined],
    [{ ...master, agree: "unknown" }, backup],
    [master, { ...backup, vrrp: "FAULT" }],
    [{ ...master, holderAfter: "parked" }, backup],
  ];
  for (const statuses of not) expect(servingNode(pair, statuses)).toBeUndefined();
});

test("a status is read past what else the shell says", () => {
  expect(parseStatus(`warning\n${JSON.stringify(master)}\n`)).toEqual(master);
  expect(parseStatus("pairctl: not found\n")).toBeUndefined();
});
