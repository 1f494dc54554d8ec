import { spawnSync } from "child_process";
import { appendFileSync, chmodSync, readdirSync, readFileSync, renameSync, statSync, watch, writeFileSync } from "fs";
import { networkInterfaces } from "os";
import { basename, dirname } from "path";
import { hearsAdverts } from "../contract/index.ts";
import { hearAdverts } from "./adverts.ts";
import type { Host } from "./host.ts";
import { send, serve } from "./http.ts";

/** How long a log may get before a new one is begun; the one before it is kept. A receipt a second fills it in 3 hours. */
const LOG_BYTES = 4e6;

/** The real node. @param root where its files are: tests have others */
export function nodeHost(root = ""): Host {
  return {
    now: Date.now,
    clock: () => Number(process.hrtime.bigint()) / 1e6,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    request: send,
    serve,
    hearAdverts: hearsAdverts() ? hearAdverts : () => undefined,
    readFile: (path) => readFile(root + path),
    writeFile: (path, text, mode) => {
      const file = root + path;
      writeFileSync(`${file}.new`, text, { mode: mode || 0o600 });
      // Whatever the caller's umask is: what all may read is for a monitoring agent that is not root.
      if (mode) chmodSync(`${file}.new`, mode);
      renameSync(`${file}.new`, file);
    },
    appendFile: (path, text) => {
      const file = root + path;
      appendFileSync(file, text, { mode: 0o600 });
      if (statSync(file).size > LOG_BYTES) renameSync(file, `${file}.1`);
    },
    watchFile: (path, onChange) => watchFile(root + path, onChange),
    hasAddress: (address) => JSON.stringify(networkInterfaces()).includes(`"${address}"`),
    isRunning,
    shell: (command) => spawnSync("sh", ["-c", `exec 2>&1;${command}`], { encoding: "utf8" }),
  };
}

/** The process of each name that was found last: to look for it among all of them takes long. */
const known = new Map<string, string | undefined>();

function isRunning(name: string): boolean {
  // One that is stopped or a zombie holds what it had, and does nothing: see proc(5), the third field.
  const process = new RegExp(`\\(${name}\\) [^TZ]`);
  const is = (pid: string | undefined) => process.test(readFile(`/proc/${pid}/stat`) || "");
  let pid = known.get(name);
  if (!is(pid)) pid = readdirSync("/proc").find(is);
  known.set(name, pid);
  return pid !== undefined;
}

function watchFile(file: string, onChange: () => void): void {
  try {
    // The folder: a file that is replaced is another one.
    watch(dirname(file), (_, name) => name === basename(file) && onChange()).on("error", () => undefined);
  } catch {
    // A node has a limit of watches. Whoever waits also looks by itself.
  }
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
