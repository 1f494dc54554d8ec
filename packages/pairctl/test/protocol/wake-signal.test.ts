import { expect, test } from "vitest";
import { wakeSignal } from "../../src/protocol/wake-signal.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { virtualTime } from "../support/simulated-time.ts";

/** A signal, and the times at which waits for it end. */
function timedSignal() {
  const time = virtualTime();
  const signal = wakeSignal({ ...nodeHost(), ...time });
  const woken: number[] = [];
  return { time, signal, woken, wait: (ms: number) => signal.wait(ms).then(() => woken.push(time.clock())) };
}

test("ends every wait at once", async () => {
  const { time, wait, signal, woken } = timedSignal();
  const waits = [wait(5000), wait(1000)];
  await time.sleep(300);
  signal.raise();
  await Promise.all(waits);
  expect(woken).toEqual([300, 300]);
});

test("a wait ends after its time", async () => {
  const { wait, woken } = timedSignal();
  await Promise.all([wait(1000), wait(5000)]);
  expect(woken).toEqual([1000, 5000]);
});

test("counts how often it was raised", () => {
  const { signal } = timedSignal();
  expect(signal.raised).toBe(0);
  signal.raise();
  signal.raise();
  expect(signal.raised).toBe(2);
});

test("does not end a wait that begins after it was raised", async () => {
  const { wait, signal, woken } = timedSignal();
  signal.raise();
  await wait(1000);
  expect(woken).toEqual([1000]);
});
