// Ends a command that npm runs when npm ends before it; loaded with `node --import`, below `exec` in the script: npm hands
// SIGTERM to the process that it has started, which would be a shell, and dies of SIGHUP without a word to anybody.
import { readFileSync } from "node:fs";
import { clearInterval, setInterval } from "node:timers";

const EVERY_MS = 500;
const npm = process.ppid;
if (nameOf(npm).startsWith("npm")) {
  const looking = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(looking);
    process.kill(process.pid, "SIGHUP");
  }, EVERY_MS);
  looking.unref();
}

/** A process's name, on Linux. */
function nameOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8");
  } catch {
    return "";
  }
}
