import { spawnSync } from "child_process";
import { appendFileSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "fs";
import { networkInterfaces } from "os";
import type { Host } from "./host.ts";
import { send } from "./http.ts";

/** How long a log may get before a new one is begun; the one before it is kept. */
const LOG_BYTES = 1e6;

/** The real node. @param root where its files are: tests have others */
export function nodeHost(root = ""): Host {
  return {
    now: Date.now,
    clock: () => Number(process.hrtime.bigint()) / 1e6,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    request: send,
    readFile: (path) => readFile(root + path),
    writeFile: (path, text, mode = 0o600) => {
      const file = root + path;
      writeFileSync(`${file}.new`, text, { mode });
      renameSync(`${file}.new`, file);
    },
    appendFile: (path, text) => {
      const file = root + path;
      appendFileSync(file, text, { mode: 0o600 });
      if (statSync(file).size > LOG_BYTES) renameSync(file, `${file}.1`);
    },
    hasAddress: (address) => JSON.stringify(networkInterfaces()).includes(`"${address}"`),
    isRunning: (name) => readdirSync("/proc").some((pid) => readFile(`/proc/${pid}/comm`) === `${name}\n`),
    shell: (command) => spawnSync("sh", ["-c", `exec 2>&1;${command}`], { encoding: "utf8" }),
  };
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
