import { expect, test } from "vitest";
import { Disposables } from "../../src/machine/disposables.ts";

/** Something that notes its end. */
function started(name: string, ended: string[]): Disposable {
  return { [Symbol.dispose]: () => void ended.push(name) };
}

test("what was started is ended, the last one first, where the rest cannot be started", async () => {
  const ended: string[] = [];
  const start = async () => {
    await using all = new Disposables();
    all.use(started("cloud", ended));
    all.defer(async () => void ended.push("client"));
    throw new Error("no root filesystem");
  };
  await expect(start()).rejects.toThrow("no root filesystem");
  expect(ended).toEqual(["client", "cloud"]);
});

test("what is handed on goes on, until who got it ends it", async () => {
  const ended: string[] = [];
  const start = async () => {
    await using all = new Disposables();
    all.use(started("cloud", ended));
    return all.keep();
  };
  const kept = await start();
  expect(ended).toEqual([]);
  await kept[Symbol.asyncDispose]();
  expect(ended).toEqual(["cloud"]);
});

test("everything is ended also where the end of one thing throws", async () => {
  const ended: string[] = [];
  const all = new Disposables();
  all.use(started("cloud", ended));
  all.defer(() => {
    throw new Error("it has gone already");
  });
  await expect(all[Symbol.asyncDispose]()).rejects.toThrow("it has gone already");
  expect(ended).toEqual(["cloud"]);
});
