import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mechanism } from "pairctl/contract";
import { runCommand } from "../cli/command.ts";
import { Provider } from "../deploy/provider.ts";
import { ensureInotifyInstances } from "../machine/inotify.ts";
import { Leftover } from "../machine/leftover.ts";
import { ensurePrerequisites, PrerequisitesError, thisMachine } from "../machine/prerequisites.ts";
import { ensureRoomFor, rootFilesystem } from "../nodes/root-filesystem.ts";
import { LabProcess } from "../run/lab-process.ts";
import { synthesizedPair } from "../stack/synth.ts";
import { parseRehearsedAcceptance, type RehearsedAcceptance, USAGE } from "./options.ts";
import type { AcceptanceSpec } from "./rehearse-acceptance.ts";

const INSIDE = ["--import", import.meta.resolve("tsx"), fileURLToPath(new URL("./inside.ts", import.meta.url))];

const SETTINGS = "pair.yaml";

await runCommand({
  usage: USAGE,
  run: async (argv, interruption) => {
    const options = parseRehearsedAcceptance([...argv]);
    if (options !== undefined) return rehearseAll(options, interruption);
    console.log(USAGE);
    return 0;
  },
});

/** @returns the exit status: 0 all passed, or there is no provider; 1 not so */
async function rehearseAll(options: RehearsedAcceptance, interruption: AbortSignal): Promise<number> {
  const { mechanisms, assumptions, moments } = options;
  const system = { debian: "12" } as const;
  ensureRoomFor(system);
  ensureInotifyInstances(1);
  ensurePrerequisites(thisMachine(console.log));
  await using provider = await findProvider(mechanisms);
  if (provider === undefined) return 0;
  const root = await rootFilesystem(system, console.log, interruption);
  let failed = 0;
  for (const mechanism of mechanisms) {
    for (const interruptAt of moments) {
      interruption.throwIfAborted();
      console.log(`\n${mechanism}${interruptAt === undefined ? "" : `, interrupted: ${interruptAt}`}`);
      const spec = {
        ...{ stack: null, settingsFile: SETTINGS, settings: {}, mechanism, rootFilesystem: root, packages: null },
        ...{ system: "Debian 12", plugins: provider.plugins, taskMs: 200, arpDelayMs: 20, stableMs: 0, assumptions },
        interruptAt: interruptAt ?? null,
      };
      const problem = await rehearseOne(spec, interruption);
      console.log(problem === undefined ? "passed" : `FAILED: ${problem}`);
      if (problem !== undefined) failed += 1;
    }
  }
  return failed === 0 ? 0 : 1;
}

/** Fetches the provider; undefined, with a word of why, where Terraform does not find it. */
async function findProvider(mechanisms: readonly Mechanism[]): Promise<Provider | undefined> {
  await using folder = new Leftover(mkdtempSync(join(tmpdir(), "rehearsal-stack-")), "files");
  try {
    return await Provider.fetch(synthesizedPair(SETTINGS, mechanisms[0] ?? "havip", folder.path).path);
  } catch (error) {
    if (!(error instanceof PrerequisitesError)) throw error;
    console.log(`not run: provider not available\n${error.message}`);
    return undefined;
  }
}

/** @returns what was wrong; undefined: nothing */
async function rehearseOne(
  spec: Omit<AcceptanceSpec, "cgroups">,
  interruption: AbortSignal,
): Promise<string | undefined> {
  await using lab = LabProcess.start({
    ...{ spec, number: 1, interruption, program: INSIDE },
    onOutput: (line) => console.log(line),
  });
  let cause: string | undefined;
  for await (const message of lab.messages()) {
    if (message.kind === "says") console.log(`  ${message.line}`);
    else if (message.kind === "failed") cause = message.cause;
  }
  const status = await lab.ended;
  interruption.throwIfAborted();
  if (status === 0) return undefined;
  return cause ?? `the lab's process ended with status ${status}: ${lab.lastLines.join("\n") || "it said nothing"}`;
}
