import type { LocalCloud } from "local-cloud";
import { beforeEach, describe, expect, test } from "vitest";
import { problem } from "../../../src/cloud/problem.ts";
import { parseSettings } from "../../../src/contract/index.ts";
import { move } from "../../../src/mechanisms/secondary-private-ip/move.ts";
import type { InterfaceObservation } from "../../../src/mechanisms/secondary-private-ip/observe.ts";
import type { Host } from "../../../src/node/host.ts";
import { noMemory } from "../../../src/protocol/memory.ts";
import { begin, type Purpose, type Run } from "../../../src/protocol/run.ts";
import { beginSession } from "../../../src/protocol/session.ts";
import { TestNode, VIP } from "../../support/pair.ts";

const PARKED = { holder: "parked", holderId: "eni-parking0", isFree: true } as InterfaceObservation;
const ON_NOBODY = { holder: "none", holderId: undefined, isFree: true } as InterfaceObservation;
const WITH_PEER = { holder: "peer", holderId: "eni-secondary0", isFree: false } as InterfaceObservation;

const MIGRATION = {
  SourceNetworkInterfaceId: "eni-parking0",
  DestinationNetworkInterfaceId: "eni-primary0",
  PrivateIpAddress: VIP,
};

let calls: [string, unknown][];
let run: Run;
beforeEach(() => {
  calls = [];
});

const SETTINGS = new TestNode(
  { apiUrls: ["http://api"], metadataUrl: () => "http://metadata" } as unknown as LocalCloud,
  "primary",
  "secondary-private-ip",
).settings;

/** A move to eni-primary0 at the time 70, in a cloud that refuses some actions. */
function moveWith(
  seen: InterfaceObservation,
  refused: Readonly<Record<string, string>> = {},
  change: Partial<Host> = {},
  purpose: Purpose = "settle",
) {
  const host = {
    clock: () => 70,
    now: () => 0,
    readFile: () => undefined,
    hasAddress: () => true,
    isRunning: () => true,
    ...change,
  } as Partial<Host> as Host;
  const settings = parseSettings(JSON.stringify(SETTINGS));
  const [address] = settings.virtualIps;
  if (address === undefined) throw new Error("the settings have no address");
  const begun = begin(beginSession(host, settings, noMemory()), address, purpose);
  const call = async (action: string, payload: unknown) => {
    calls.push([action, payload]);
    const code = refused[action];
    if (code !== undefined) throw problem(code, `${action}: ${code}`);
    return { RequestId: "task-1" };
  };
  run = { ...begun, api: { ...begun.api, call } };
  return move(run, seen, "eni-primary0");
}

test("migrates the address from the interface that has it, and remembers the task that this begins", async () => {
  expect(await moveWith(PARKED)).toBeUndefined();
  expect(calls).toEqual([["MigratePrivateIpAddress", MIGRATION]]);
  expect(run.task).toEqual({ movedFrom: "eni-parking0", begunAt: 70 });
});

test("assigns an address that no interface has", async () => {
  expect(await moveWith(ON_NOBODY)).toBeUndefined();
  expect(calls).toEqual([
    [
      "AssignPrivateIpAddresses",
      { NetworkInterfaceId: "eni-primary0", PrivateIpAddresses: [{ PrivateIpAddress: VIP }] },
    ],
  ]);
  expect(run.task).toEqual({ movedFrom: undefined, begunAt: 70 });
});

test("in a dry run nothing is called", async () => {
  expect(await moveWith(PARKED, {}, {}, "plan")).toBe("planned");
  expect([calls, run.task]).toEqual([[], undefined]);
  expect(run.outcome.message).toBe(`would call MigratePrivateIpAddress ${JSON.stringify(MIGRATION)}`);
});

test("refuses to call anything where the node has lost mastership: nothing is moved", async () => {
  let looks = 0;
  const hasAddress = () => (looks += 1) <= 1;
  await expect(moveWith(PARKED, {}, { hasAddress })).rejects.toMatchObject({
    code: "VRRP",
    message: "keepalived was MASTER and is BACKUP",
  });
  expect(calls).toEqual([]);
});

describe("an address that cannot be migrated", () => {
  test.each([
    "UnauthorizedOperation.AttachmentNotFound",
    "UnsupportedOperation.AttachmentNotFound",
    "UnsupportedOperation",
  ])(
    "is taken off an interface that is attached to nothing, by its id: the next look finds it on none (%s)",
    async (code) => {
      expect(await moveWith(PARKED, { MigratePrivateIpAddress: code })).toBeUndefined();
      expect(calls).toEqual([
        ["MigratePrivateIpAddress", MIGRATION],
        [
          "UnassignPrivateIpAddresses",
          { NetworkInterfaceId: "eni-parking0", PrivateIpAddresses: [{ PrivateIpAddress: VIP }] },
        ],
      ]);
      expect(run.task).toEqual({ movedFrom: "eni-parking0", begunAt: 70 });
    },
  );

  test("stays on an instance's interface: there the refusal says that it has moved meanwhile", async () => {
    const code = "UnauthorizedOperation.AttachmentNotFound";
    await expect(moveWith(WITH_PEER, { MigratePrivateIpAddress: code })).rejects.toMatchObject({ code });
    expect(calls).toHaveLength(1);
  });

  test.each([
    "UnsupportedOperation.MutexOperationTaskRunning",
    "LimitExceeded",
    "UnauthorizedOperation",
    "NetworkError",
  ])("stays where it is after a refusal that says something else: %s", async (code) => {
    await expect(moveWith(PARKED, { MigratePrivateIpAddress: code })).rejects.toMatchObject({ code });
    expect(calls).toHaveLength(1);
    // Where no answer came, it may be moving all the same.
    const failed = { movedFrom: "eni-parking0", begunAt: -Infinity, seen: "there" };
    expect(run.task).toEqual(code === "NetworkError" ? undefined : failed);
  });

  test("and cannot be taken off either, is said with the action that is refused", async () => {
    const refused = {
      MigratePrivateIpAddress: "UnauthorizedOperation.AttachmentNotFound",
      UnassignPrivateIpAddresses: "UnauthorizedOperation",
    };
    await expect(moveWith(PARKED, refused)).rejects.toMatchObject({
      message: "UnassignPrivateIpAddresses: UnauthorizedOperation",
    });
    expect(run.task).toMatchObject({ seen: "there" });
  });
});
