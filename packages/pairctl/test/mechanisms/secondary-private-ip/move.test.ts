import { beforeEach, describe, expect, test } from "vitest";
import { problem } from "../../../src/cloud/problem.ts";
import { move } from "../../../src/mechanisms/secondary-private-ip/move.ts";
import type { InterfaceObservation } from "../../../src/mechanisms/secondary-private-ip/observe.ts";
import type { Host } from "../../../src/node/host.ts";
import { noMemory } from "../../../src/protocol/memory.ts";
import { begin, type Purpose } from "../../../src/protocol/run.ts";
import { beginSession } from "../../../src/protocol/session.ts";
import { parseSettings } from "../../../src/contract/index.ts";
import { LocalCloud } from "local-cloud";
import { TestNode, VIP } from "../../support/pair.ts";

const PARKED = { holder: "parked", holderId: "eni-parking0" } as InterfaceObservation;
const ON_NOBODY = { holder: "none", holderId: undefined } as InterfaceObservation;

let calls: [string, unknown][];
let pauses: number[];
beforeEach(() => {
  calls = [];
  pauses = [];
});

/** A move to eni-primary0 in a cloud that says these statuses of its task one after the other, the last one for ever. */
function moveWith(
  statuses: readonly (string | Error)[],
  seen = PARKED,
  change: Partial<Host> = {},
  purpose: Purpose = "settle",
) {
  let ms = 0;
  const host = {
    clock: () => ms,
    now: () => 0,
    sleep: async (pause: number) => {
      pauses.push(pause);
      ms += pause;
    },
    readFile: () => undefined,
    hasAddress: () => true,
    isRunning: () => true,
    ...change,
  } as Partial<Host> as Host;
  const settings = parseSettings(JSON.stringify(SETTINGS));
  const [address] = settings.virtualIps;
  if (address === undefined) throw new Error("the settings have no address");
  const run = begin(beginSession(host, { ...settings, deadlineMs: 1000 }, noMemory()), address, purpose);
  const left = [...statuses];
  const api = {
    ...run.api,
    call: async (action: string, payload: unknown) => {
      calls.push([action, payload]);
      if (action !== "DescribeVpcTaskResult") return { RequestId: "task-1" };
      const status = left.length > 1 ? left.shift() : left[0];
      if (status instanceof Error) throw status;
      return { Status: status };
    },
  };
  return move({ ...run, api }, seen, "eni-primary0");
}

const SETTINGS = new TestNode(
  { apiUrls: ["http://api"], metadataUrl: () => "http://metadata" } as unknown as LocalCloud,
  "primary",
  "secondary-private-ip",
).settings;

const asked = () => calls.filter(([action]) => action === "DescribeVpcTaskResult").length;

test("migrates the address from the interface that has it, and asks for the task by the call's RequestId", async () => {
  expect(await moveWith(["SUCCESS"])).toBe("moved");
  expect(calls).toEqual([
    [
      "MigratePrivateIpAddress",
      {
        SourceNetworkInterfaceId: "eni-parking0",
        DestinationNetworkInterfaceId: "eni-primary0",
        PrivateIpAddress: VIP,
      },
    ],
    ["DescribeVpcTaskResult", { TaskId: "task-1" }],
  ]);
});

test("assigns an address that no interface has", async () => {
  expect(await moveWith(["SUCCESS"], ON_NOBODY)).toBe("moved");
  expect(calls[0]).toEqual([
    "AssignPrivateIpAddresses",
    { NetworkInterfaceId: "eni-primary0", PrivateIpAddresses: [{ PrivateIpAddress: VIP }] },
  ]);
});

test("asks soon at first, and then ten times a second", async () => {
  expect(await moveWith([...Array.from({ length: 6 }, () => "RUNNING"), "SUCCESS"])).toBe("moved");
  expect(pauses).toEqual([10, 20, 40, 80, 100, 100]);
});

test("a task that the cloud does not know yet runs: it may be visible a moment after the answer that names it", async () => {
  expect(await moveWith([problem("ResourceNotFound", "no task-1"), "SUCCESS"])).toBe("moved");
});

test.each(["UnauthorizedOperation", "AuthFailure.UnauthorizedOperation"])(
  "a task that must not be asked for (%s) leaves the fate unknown: the address has to tell",
  async (code) => {
    expect(await moveWith([problem(code, "not allowed")])).toBe("unknown");
    expect([asked(), pauses]).toEqual([1, [100]]);
  },
);

test("in a dry run nothing is called", async () => {
  expect(await moveWith(["SUCCESS"], PARKED, {}, "plan")).toBe("planned");
  expect(calls).toEqual([]);
});

describe("ends with a problem", () => {
  test("at once where the task has failed", async () => {
    await expect(moveWith(["RUNNING", "FAILED"])).rejects.toMatchObject({
      code: "Task",
      message: "the task of the move is FAILED",
    });
    expect(asked()).toBe(2);
  });

  test("at the deadline where the task still runs, not later", async () => {
    await expect(moveWith(["RUNNING"])).rejects.toMatchObject({ message: "the task of the move is RUNNING" });
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(1000);
  });

  test("where the node loses mastership while it waits", async () => {
    let looks = 0;
    const hasAddress = () => (looks += 1) <= 2;
    await expect(moveWith(["RUNNING"], PARKED, { hasAddress })).rejects.toMatchObject({
      code: "VRRP",
      message: "keepalived was MASTER and is BACKUP",
    });
    expect(asked()).toBe(1);
  });

  test("before the call where it has lost it already: nothing is moved", async () => {
    let looks = 0;
    const hasAddress = () => (looks += 1) <= 1;
    await expect(moveWith(["SUCCESS"], PARKED, { hasAddress })).rejects.toMatchObject({ code: "VRRP" });
    expect(calls).toEqual([]);
  });

  test("where the question fails with an error of another kind", async () => {
    await expect(moveWith([problem("InternalError", "down")])).rejects.toMatchObject({ code: "InternalError" });
  });
});
