import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hearAdverts } from "../../src/node/adverts.ts";

let folder: string;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
  vi.stubEnv("PATH", folder);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** What is found as python3 from now on. */
function python(script: string): void {
  const file = join(folder, "python3");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

test("what listens is started again a minute after it has ended, or could not be started, and not before", async () => {
  const said: boolean[] = [];
  let goOn = () => {};
  hearAdverts("10.0.1.12", (isListening) => {
    said.push(isListening);
    if (!isListening) goOn();
  });
  /** Waits until it says that nothing listens. Nothing but the test lets the time pass. */
  const ended = () => new Promise<void>((resolve) => (goOn = resolve));
  await ended();
  expect(said).toEqual([false]);
  python("exit 1");
  vi.advanceTimersByTime(59_999);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1);
  await ended();
  expect(said).toEqual([false, false]);
  python("echo");
  vi.advanceTimersByTime(60_000);
  await ended();
  expect(said).toEqual([false, false, true, false]);
});
