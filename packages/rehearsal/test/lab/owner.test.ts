import { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Owner } from "../../src/lab/owner.ts";

let cloud: LocalCloud;
let owner: Owner;
let eip: string;

beforeEach(async () => {
  cloud = await LocalCloud.start({ region: "ap-singapore", taskMs: 20, log: () => undefined });
  owner = new Owner(cloud);
  const { AddressSet } = await owner.change("vpc", "AllocateAddresses", { AddressCount: 1 });
  [eip] = AddressSet as [string];
});

afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
});

test("a change has happened once it is answered", () => {
  expect(cloud.state.addresses.has(eip)).toBe(true);
  expect([...cloud.state.tasks.values()].map(({ status }) => status)).toEqual(["SUCCESS"]);
});

test("refuses a change whose task fails, and names it", async () => {
  cloud.faults.add({ action: "ReleaseAddresses", task: "fails" });

  const release = owner.change("vpc", "ReleaseAddresses", { AddressIds: [eip] });

  await expect(release).rejects.toThrow("the task of ReleaseAddresses by the account's owner has failed");
});

test("refuses to wait for an action that starts no task", async () => {
  await expect(owner.change("vpc", "DescribeAddresses", {})).rejects.toThrow("has started no task");
});

test("refuses what the cloud refuses, with its code", async () => {
  await expect(owner.call("vpc", "DisassociateAddress", { AddressId: "eip-00000000" })).rejects.toThrow(
    /^DisassociateAddress by the account's owner failed: InvalidAddressId/,
  );
});
