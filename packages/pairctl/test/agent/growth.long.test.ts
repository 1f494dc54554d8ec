import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import type { Host, HttpRequest } from "../../src/node/host.ts";
import { SETTINGS, STATE, VIP } from "../support/pair.ts";
import { virtualTime } from "../support/simulated-time.ts";

/** `npm run growth -w pairctl` has as many as an agent makes in days; a tenth of them shows what each leaves behind. */
const PASSES = Number(process.env["GROWTH_PASSES"] ?? 10_000);

/** From this pass on nothing changes any more, so that nobody interrupts a wait. */
const QUIET = PASSES / 2;

/** What these passes may leave behind, in bytes: ten for each of them, and what a heap differs by from time to time. */
const GROWTH = PASSES * 10 + 400_000;

/** Against a hang only: on a busy machine a pass takes some ms. */
const TIMEOUT_MS = Math.max(120_000, PASSES * 10);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** The bytes that are in use. */
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** The network interface of a node, and an address on it. */
const networkInterface = (name: string, privateIp: string, vips: readonly string[]) => ({
  NetworkInterfaceId: `eni-${name}`,
  SubnetId: "subnet-00000001",
  Attachment: { InstanceId: `ins-${name}` },
  PrivateIpAddressSet: [privateIp, ...vips].map((address) => ({
    PrivateIpAddress: address,
    Primary: address === privateIp,
    State: "AVAILABLE",
  })),
});

/** A cloud that answers at once: the node has the address, but that the API fails now and then. */
function cloud(): (url: string, request: HttpRequest) => Promise<{ status: number; body: string }> {
  let calls = 0;
  const own = networkInterface("primary0", "10.0.1.11", [VIP]);
  return async (_, { headers }) => {
    if (headers === undefined) {
      const credentials = { TmpSecretId: "id", TmpSecretKey: "key", Token: "token", ExpiredTime: 1e12 };
      return { status: 200, body: JSON.stringify(credentials) };
    }
    calls += 1;
    const Response =
      calls % 97 === 0 ? { Error: { Code: "InternalError", Message: "" } } : { NetworkInterfaceSet: [own] };
    return { status: 200, body: JSON.stringify({ Response: { ...Response, RequestId: `${calls}` } }) };
  };
}

async function passManyTimes(): Promise<void> {
  const settings = {
    mechanism: "secondary-private-ip",
    region: "ap-singapore",
    vpcId: "vpc-00000001",
    advertInt: 1,
    virtualIps: [{ vip: VIP, parkingIp: "10.0.1.101" }],
    ...{ privateIp: "10.0.1.11", priority: 100, peerIp: "10.0.1.12", peerPriority: 80, roleName: "pair-hook" },
  };
  const files = new Map([[SETTINGS, JSON.stringify(settings)]]);
  let passes = 0;
  const heaps: number[] = [];
  const time = virtualTime();
  const host: Host = {
    ...time,
    request: cloud(),
    serve: () => undefined,
    hearAdverts: () => undefined,
    now: () => 1_700_000_000_000 + time.clock(),
    random: () => 0.5,
    readFile: (path) => files.get(path),
    writeFile: (path, text) => void files.set(path, text),
    appendFile: () => {
      passes += 1;
      if (passes <= QUIET) files.set(`${STATE}notification`, `${passes % 2 ? "MASTER" : "FAULT"} ${passes} ${passes}`);
      if (passes === PASSES / 10 || passes === PASSES) heaps.push(heap());
      if (passes === PASSES) files.delete(SETTINGS);
    },
    watchFile: () => undefined,
    hasAddress: (address) => address !== VIP || !files.get(`${STATE}notification`)?.startsWith("FAULT"),
    isRunning: () => true,
    shell: () => ({ status: 0, stdout: "" }),
  };
  expect(await main(host, ["agent"], () => undefined)).toBe(0);
  expect(passes).toBeGreaterThanOrEqual(PASSES);
  const [before = NaN, after = NaN] = heaps;
  console.log(`${PASSES} passes: the heap grew from ${before} to ${after} bytes`);
  expect(after - before).toBeLessThan(GROWTH);
}

test(
  `does not grow over ${PASSES} passes, with errors, changes of state, and waits that nothing interrupts`,
  passManyTimes,
  TIMEOUT_MS,
);
