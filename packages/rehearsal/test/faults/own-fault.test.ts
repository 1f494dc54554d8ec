import { expect, test } from "vitest";
import { ownFault, ownFaultName, ownFaultNamed } from "../../src/faults/own-fault.ts";
import type { Scene } from "../../src/faults/fault.ts";
import type { HealthCheckTimes } from "../../src/stack/track-scripts.ts";

const COMMANDS = { breaks: "systemctl stop nginx@1", mends: "systemctl start nginx@1" };
const TIMING = { advertIntMs: 1_000, downTimerAdverts: 3, taskMs: 200 };
const CHECK: HealthCheckTimes = { failsAfterMs: 8_000, recoversAfterMs: 6_000 };

/** A scene whose nodes keep what they are told to run. */
function scene(healthCheck: HealthCheckTimes | undefined): { scene: Scene; told: string[]; notes: string[] } {
  const told: string[] = [];
  const notes: string[] = [];
  const node = (role: string) => ({ shell: async (line: string) => void told.push(`${role}: ${line}`) });
  const partial = { lab: { stack: { healthCheck } }, serving: node("serving"), standby: node("standby") };
  return { scene: { ...partial, note: (what: string) => void notes.push(what) } as unknown as Scene, told, notes };
}

test("a fault of one's own is told by its name alone, also where that looks like a sequence", () => {
  expect(ownFaultNamed(ownFaultName(COMMANDS))).toEqual(COMMANDS);
  expect(ownFaultNamed("node-crashed")).toBeUndefined();
});

test("it breaks and mends the node that serves", async () => {
  const { scene: on, told } = scene(CHECK);
  const fault = ownFault(COMMANDS);
  await fault.inject(on);
  await fault.heal(on);
  expect(told).toEqual(["serving: systemctl stop nginx@1", "serving: systemctl start nginx@1"]);
});

test("the timeline says that the client asks another service than the one that is broken", async () => {
  const { scene: on, notes } = scene(CHECK);
  await ownFault(COMMANDS).inject(on);
  expect(notes).toEqual([
    expect.stringMatching(/^the client asks the lab's own service: .* the outages leave that out$/),
  ]);
});

test("refuses to break the service of a pair that has no health check: nothing would notice", async () => {
  const { scene: on, told } = scene(undefined);
  await expect(ownFault(COMMANDS).inject(on)).rejects.toThrow("the pair has no health check");
  expect(told).toEqual([]);
});

test("its outage may last as long as the health check takes to notice, and the elections after that", () => {
  const { outageMs, convergesMs } = ownFault(COMMANDS);
  expect(outageMs({ ...TIMING, healthCheck: CHECK }) - outageMs(TIMING)).toBe(CHECK.failsAfterMs);
  expect(convergesMs({ ...TIMING, healthCheck: CHECK }) - convergesMs(TIMING)).toBe(CHECK.recoversAfterMs);
});
