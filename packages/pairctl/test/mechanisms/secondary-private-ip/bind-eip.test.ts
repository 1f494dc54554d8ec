import { beforeEach, describe, expect, test } from "vitest";
import { problem } from "../../../src/cloud/problem.ts";
import { bindEip } from "../../../src/mechanisms/secondary-private-ip/bind-eip.ts";
import type { InterfaceObservation } from "../../../src/mechanisms/secondary-private-ip/observe.ts";
import type { Host } from "../../../src/node/host.ts";
import { noMemory } from "../../../src/protocol/memory.ts";
import { begin, type Purpose, type Run } from "../../../src/protocol/run.ts";
import { beginSession } from "../../../src/protocol/session.ts";
import { parseSettings } from "../../../src/contract/index.ts";
import type { LocalCloud } from "local-cloud";
import { TestNode, VIP } from "../../support/pair.ts";

const HERE = { holder: "mine", holderId: "eni-primary0" } as InterfaceObservation;
const ASSOCIATION = { AddressId: "eip-00000001", NetworkInterfaceId: "eni-primary0", PrivateIpAddress: VIP };
const BOUND = "InvalidAddressIdStatus.NotPermit";

let calls: [string, unknown][];
let ms: number;
beforeEach(() => {
  calls = [];
  ms = 100;
});

const SETTINGS = new TestNode(
  { apiUrls: ["http://api"], metadataUrl: () => "http://metadata" } as unknown as LocalCloud,
  "primary",
  "secondary-private-ip",
).settings;

/** A run in a cloud that refuses to bind the EIP, or does it, and says where the EIP is bound. */
function runWith(
  refusal: string | undefined,
  eip?: object,
  change: Partial<Host> = {},
  purpose: Purpose = "settle",
): Run {
  const host = {
    clock: () => ms,
    now: () => 0,
    sleep: async (pause: number) => void (ms += pause),
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
    if (action === "AssociateAddress" && refusal !== undefined) throw problem(refusal, `refused: ${refusal}`);
    return action === "DescribeAddresses" ? { AddressSet: [eip] } : { RequestId: "1" };
  };
  return { ...begun, api: { ...begun.api, call } };
}

/** Tries it, and again after so many ms, where the cloud refuses the same way. */
async function twice(run: Run, after: number): Promise<unknown> {
  await expect(bindEip(run, HERE)).rejects.toMatchObject({ code: BOUND });
  ms += after;
  calls = [];
  return bindEip(run, HERE);
}

test("binds the EIP to the address on the interface that has it, and looks again then", async () => {
  const run = runWith(undefined);
  expect(await bindEip(run, HERE)).toBeUndefined();
  expect(calls).toEqual([["AssociateAddress", ASSOCIATION]]);
  expect([run.outcome.message, ms]).toEqual(["eip-00000001 is not here yet", 200]);
});

test("in a dry run nothing is called", async () => {
  const run = runWith(undefined, undefined, {}, "plan");
  expect(await bindEip(run, HERE)).toBe("planned");
  expect(calls).toEqual([]);
  expect(run.outcome.message).toBe(`would call AssociateAddress ${JSON.stringify(ASSOCIATION)}`);
});

describe("an EIP that is bound", () => {
  const leftBehind = { AddressId: "eip-00000001", PrivateAddressIp: VIP, NetworkInterfaceId: "eni-secondary0" };

  test("to where the address was 2 s ago has stayed behind: it is unbound, so that the next look finds it free", async () => {
    expect(await twice(runWith(BOUND, leftBehind), 2000)).toBeUndefined();
    expect(calls).toEqual([
      ["AssociateAddress", ASSOCIATION],
      ["DescribeAddresses", { AddressIds: ["eip-00000001"] }],
      ["DisassociateAddress", { AddressId: "eip-00000001" }],
    ]);
  });

  test("to where the address was a moment ago may be following: it is left alone for 2 s", async () => {
    await expect(twice(runWith(BOUND, leftBehind), 1999)).rejects.toMatchObject({ code: BOUND });
    expect(calls).toEqual([["AssociateAddress", ASSOCIATION]]);
  });

  test.each<[string, object]>([
    ["to another address, it is so on purpose", { ...leftBehind, PrivateAddressIp: "10.0.1.12" }],
    ["to the address here, it only does not show yet", { ...leftBehind, NetworkInterfaceId: "eni-primary0" }],
    ["to nothing any more", { AddressId: "eip-00000001", PrivateAddressIp: "", NetworkInterfaceId: "" }],
  ])("%s: it is left alone, and the refusal is said", async (_, eip) => {
    await expect(twice(runWith(BOUND, eip), 5000)).rejects.toMatchObject({ message: `refused: ${BOUND}` });
    expect(calls.map(([action]) => action)).toEqual(["AssociateAddress", "DescribeAddresses"]);
  });

  test("stays as it is where the node is MASTER no more", async () => {
    let isMaster = true;
    const run = runWith(BOUND, leftBehind, { hasAddress: () => isMaster });
    await expect(bindEip(run, HERE)).rejects.toMatchObject({ code: BOUND });
    isMaster = false;
    ms += 5000;
    calls = [];
    await expect(bindEip(run, HERE)).rejects.toMatchObject({ code: "VRRP" });
    expect(calls).toEqual([]);
  });
});

test.each(["OperationDenied.MutexTaskRunning", "InvalidNetworkInterfaceId.NotFound", "RequestLimitExceeded"])(
  "a refusal that says nothing of the EIP's state does not lead to a look at it: %s",
  async (code) => {
    const run = runWith(code);
    await expect(bindEip(run, HERE)).rejects.toMatchObject({ code });
    ms += 5000;
    await expect(bindEip(run, HERE)).rejects.toMatchObject({ code });
    expect(calls.map(([action]) => action)).toEqual(["AssociateAddress", "AssociateAddress"]);
  },
);
