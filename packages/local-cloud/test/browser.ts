import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** A page in headless Chromium, driven over its debugging pipe. */
export interface Page extends AsyncDisposable {
  /** The value of an expression in the page. */
  readonly evaluate: (expression: string) => Promise<unknown>;
}

/** Starts a browser with a profile of its own and opens the page. */
export async function openPage(url: string): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), "chromium-"));
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-proxy-server", `--user-data-dir=${profile}`];
  const child = spawn("chromium", [...flags, "--remote-debugging-pipe", "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const closed = new Promise((resolve) => child.once("close", resolve));
  const send = commands(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const { targetId } = await send("Target.createTarget", { url });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  return {
    evaluate: async (expression) => {
      const { result } = await send("Runtime.evaluate", { expression, returnByValue: true }, String(sessionId));
      return (result as { value?: unknown }).value;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await closed;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Result = Record<string, unknown>;

/** The debugging protocol: JSON messages, each ended by a zero byte. */
function commands(to: Writable, from: Readable) {
  const waiting = new Map<number, (result: Result) => void>();
  let received = "";
  let last = 0;
  from.setEncoding("utf8").on("data", (text: string) => {
    const messages = (received + text).split("\0");
    received = messages.pop() ?? "";
    for (const message of messages) {
      const { id, result = {}, error } = JSON.parse(message) as { id?: number; result?: Result; error?: unknown };
      if (id !== undefined) waiting.get(id)?.(error === undefined ? result : { error });
    }
  });
  return (method: string, params: object, sessionId?: string) =>
    new Promise<Result>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      to.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
}
