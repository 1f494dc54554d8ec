import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runIsolated } from "./isolation.ts";
import { parseOptions, USAGE, UsageError } from "./options.ts";
import { ensurePrerequisites, PrerequisitesError, thisMachine } from "./prerequisites.ts";
import { rootFilesystem } from "./root-filesystem.ts";
import { synthesize } from "./synth.ts";

/** Exit statuses: 0 every failover as it must be, 1 not so, 2 cannot start, 130 interrupted. */
async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  ensurePrerequisites(thisMachine(console.log));
  const root = await rootFilesystem(console.log);
  const settingsFile = process.env["PAIR_SETTINGS"] ?? "pair.yaml";
  const started = Date.now();
  for (const mechanism of options.mechanisms) {
    console.log(`\n${mechanism}: main.ts with ${settingsFile}, on this machine`);
    const stackFile = synthesize(settingsFile, mechanism, folder);
    const { faults, taskMs, arpDelayMs } = options;
    const status = await runIsolated(
      { stackFile, rootFilesystem: root, faults, taskMs, arpDelayMs },
      interruption.signal,
    );
    if (interruption.signal.aborted) return 130;
    if (status !== 0) return 1;
  }
  console.log(`\nEvery failover went as it must (${((Date.now() - started) / 1000).toFixed(1)} s).`);
  return 0;
}

// The inner process ends, and with it everything that it started; this one cleans up behind it.
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort());

const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

main().then(
  (status) => process.exit(status),
  (error: Error) => {
    const cannotStart = error instanceof UsageError || error instanceof PrerequisitesError;
    console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
    process.exit(interruption.signal.aborted ? 130 : cannotStart ? 2 : 1);
  },
);
