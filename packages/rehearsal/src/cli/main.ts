import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeCgroups } from "../machine/cgroup.ts";
import type { Failover } from "../run/failover.ts";
import { startIsolated } from "../machine/isolation.ts";
import { Leftover } from "../machine/leftover.ts";
import { type Options, parseOptions, USAGE, UsageError } from "./options.ts";
import { ensurePrerequisites, PrerequisitesError, thisMachine } from "../machine/prerequisites.ts";
import { eachLine } from "../machine/process.ts";
import { Provider } from "../deploy/provider.ts";
import type { RehearsalSpec } from "../run/rehearse.ts";
import { rootFilesystem } from "../nodes/root-filesystem.ts";
import type { Mechanism } from "../stack/stack.ts";
import { summary } from "../report/summary.ts";
import { synthesize } from "../stack/synth.ts";

const INSIDE = fileURLToPath(new URL("../run/inside.ts", import.meta.url));

/** Exit statuses: 0 every failover as it must be, 1 not so, 2 cannot start. */
async function main(options: Options, interruption: AbortSignal): Promise<number> {
  ensurePrerequisites(thisMachine(console.log));
  interruption.throwIfAborted();
  const root = await rootFilesystem(options.rootFilesystem, console.log, interruption);
  const settingsFile = process.env["PAIR_SETTINGS"] ?? "pair.yaml";
  const started = Date.now();
  const failovers: Failover[] = [];
  for (const mechanism of options.mechanisms) {
    console.log(`\n${mechanism}: main.ts with ${settingsFile}, on this machine`);
    const { faults, taskMs, arpDelayMs } = options;
    await using provider = options.deploy ? await providerFor(settingsFile, mechanism) : undefined;
    const plugins = provider?.plugins ?? null;
    const spec = { settingsFile, mechanism, rootFilesystem: root, plugins, faults, taskMs, arpDelayMs };
    const status = await rehearseIsolated(spec, (failover) => failovers.push(failover), interruption);
    interruption.throwIfAborted();
    if (status !== 0) return 1;
  }
  console.log(`\n${summary(failovers).join("\n")}`);
  console.log(`Every failover went as it must (${((Date.now() - started) / 1000).toFixed(1)} s).`);
  return 0;
}

/** The provider that the stack asks for. */
async function providerFor(settingsFile: string, mechanism: Mechanism): Promise<Provider> {
  await using folder = new Leftover(mkdtempSync(join(tmpdir(), "rehearsal-stack-")), "files");
  return await Provider.fetch(synthesize(settingsFile, mechanism, folder.path));
}

/** Runs one rehearsal in namespaces of its own, and returns its exit status. */
async function rehearseIsolated(
  spec: Omit<RehearsalSpec, "cgroups">,
  onFailover: (failover: Failover) => void,
  interruption: AbortSignal,
): Promise<number> {
  const cgroups = makeCgroups();
  const argument = JSON.stringify({ ...spec, cgroups: cgroups.map(({ path }) => path) });
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), INSIDE, argument];
  const child = startIsolated(command, {
    ownNetwork: true,
    interruption,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  eachLine(child.stdio[3], (line) => onFailover(JSON.parse(line) as Failover));
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => resolve(status ?? 1));
    });
  } finally {
    await Promise.all(cgroups.map((cgroup) => cgroup[Symbol.asyncDispose]()));
  }
}

// What was started is ended, what was written is removed, and only then this process ends.
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort());

// Where a shell does not have it, as root's on Debian after `su`.
process.env["PATH"] = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;

function explain(error: Error): number {
  if (interruption.signal.aborted) return 130;
  console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
  return error instanceof UsageError || error instanceof PrerequisitesError ? 2 : 1;
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else process.exitCode = await main(options, interruption.signal);
} catch (error) {
  process.exitCode = explain(error as Error);
}
