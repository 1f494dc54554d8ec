import { expect, test } from "vitest";
import { bell } from "../../src/agent/bell.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { virtualTime } from "../support/pair.ts";

/** A bell, and when somebody who waits for so long is woken. */
function wakeUps() {
  const time = virtualTime();
  const wake = bell({ ...nodeHost(), ...time });
  const woken: number[] = [];
  return { time, wake, woken, wait: (ms: number) => wake.wait(ms).then(() => woken.push(time.clock())) };
}

test("wakes everybody who waits at once", async () => {
  const { time, wait, wake, woken } = wakeUps();
  const waits = [wait(5000), wait(1000)];
  await time.sleep(300);
  wake.ring();
  await Promise.all(waits);
  expect(woken).toEqual([300, 300]);
});

test("lets nobody wait for longer than was said", async () => {
  const { wait, woken } = wakeUps();
  await Promise.all([wait(1000), wait(5000)]);
  expect(woken).toEqual([1000, 5000]);
});

test("does not wake whoever begins to wait after it has rung", async () => {
  const { wait, wake, woken } = wakeUps();
  wake.ring();
  await wait(1000);
  expect(woken).toEqual([1000]);
});
