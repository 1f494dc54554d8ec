import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { network, simulateTimers, virtualTime } from "./simulated-time.ts";

test("time stands still while a call has no answer, however long that takes, and no call is given up", async () => {
  simulateTimers();
  const { clock, sleep } = virtualTime();
  let answerIt = (): ServerResponse | undefined => undefined;
  const asked = new Promise<void>((resolve) => {
    const server = createServer((_request, response) => {
      answerIt = () => response.end("at last");
      resolve();
    }).listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      const call = network.request(`http://127.0.0.1:${port}/`, { method: "GET", timeoutMs: 1 });
      void call.then(({ body }) => order.push(body));
    });
    onTestFinished(() => void server.close());
  });
  const order: string[] = [];
  await asked;
  setTimeout(() => order.push("the timer"), 5);
  const slept = sleep(10).then(() => order.push("the sleeper"));
  for (let turn = 0; turn < 100; turn += 1) await nextTurn();
  expect([order, clock()]).toEqual([[], 0]);
  answerIt();
  await slept;
  expect([order, clock()]).toEqual([["at last", "the timer", "the sleeper"], 10]);
});

test("sleepers wake in the order of their times, and one that sleeps again meanwhile has its turn", async () => {
  const { clock, sleep } = virtualTime();
  const woken: [string, number][] = [];
  const wake = (who: string) => woken.push([who, clock()]);
  await Promise.all([
    sleep(30).then(() => wake("slow")),
    sleep(10).then(async () => {
      wake("fast");
      await sleep(10);
      wake("fast again");
    }),
  ]);
  expect(woken).toEqual([
    ["fast", 10],
    ["fast again", 20],
    ["slow", 30],
  ]);
});

test("a pause whose end is over already is none, with timers in simulated time, too", async () => {
  simulateTimers();
  const { clock, sleep } = virtualTime();
  await sleep(10);
  await sleep(-1);
  expect(clock()).toBe(10);
});
