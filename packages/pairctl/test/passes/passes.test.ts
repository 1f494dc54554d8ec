import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PEER_PORT } from "../../src/contract/index.ts";
import type { Receipt } from "../../src/passes/receipt.ts";
import { startCloud, tampered, TestNode, VIP } from "../support/pair.ts";
import { network, simulateTimers } from "../support/simulated-time.ts";

/** An address whose task never ends. */
const STUCK = "10.0.1.200";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  cloud.seed.networkInterface({
    networkInterfaceId: "eni-parking1",
    subnetId: "subnet-00000001",
    privateIp: "10.0.1.201",
    secondaryPrivateIps: [STUCK],
  });
  primary = new TestNode(cloud, "primary", "secondary-private-ip").notify("MASTER");
  const first = { vip: VIP, parkingIp: "10.0.1.101", eipId: "eip-00000001" };
  primary.settings["virtualIps"] = [{ vip: STUCK, parkingIp: "10.0.1.201" }, first];
  primary.extraVips = [STUCK];
});
afterEach(() => cloud.stop());

/** The cloud says for ever that the address is on the move. */
const stuck = () =>
  tampered("DescribeNetworkInterfaces", (body) =>
    body.includes(`"${STUCK}"`) ? body.replaceAll('"AVAILABLE"', '"MIGRATING"') : body,
  );

test.each([
  ["reconcile", 0],
  ["reconcile --dry-run", 1],
  ["status", 1],
])("a move waits for no peer, which may be dead; who looks wants its word: %s", async (command, times) => {
  let asked = 0;
  await primary.command(command.split(" "), {
    request: (url, question) => {
      if (new URL(url).port === String(PEER_PORT)) asked += 1;
      return network.request(url, question);
    },
  });
  expect(asked).toBe(times);
});

test("an address that is stuck delays no other: that one is moved, and told of, at once", async () => {
  const { time } = primary;
  const told = new Map<string, number>();
  const { status, receipts } = await primary.run({
    ...stuck(),
    appendFile: (_, text) => void told.set((JSON.parse(text) as Receipt).vip ?? "", time.clock()),
  });
  expect(receipts.map(({ vip, verdict }) => [vip, verdict])).toEqual([
    [VIP, "moved"],
    [STUCK, "failed"],
  ]);
  // The deadline of a run is 10 s.
  expect(told.get(VIP)).toBeLessThan(1000);
  expect(told.get(STUCK)).toBeGreaterThanOrEqual(10_000);
  expect(status).toBe(1);
});
