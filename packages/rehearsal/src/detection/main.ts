import { runCommand } from "../cli/command.ts";
import { ensureInotifyInstances } from "../machine/inotify.ts";
import { ensurePrerequisites, thisMachine } from "../machine/prerequisites.ts";
import { ensureRoomFor, rootFilesystem } from "../nodes/root-filesystem.ts";
import type { Variant } from "../variants/variant.ts";
import { detect } from "./detect.ts";
import { parseDetectionOptions, USAGE } from "./options.ts";
import { concludeFindings, renderFindings } from "./table.ts";
import { isRight } from "./verdict.ts";

/** As short as an audit can be that sees a service which moves once more, after an election, by itself. */
const STABLE_MS = 5_000;

/** @returns the exit status: 0 everything was noticed, 1 not so */
async function tryDetection(variants: readonly Variant[], interruption: AbortSignal): Promise<number> {
  const system = { debian: "12" } as const;
  ensureRoomFor(system);
  ensureInotifyInstances(1);
  ensurePrerequisites(thisMachine(console.log));
  interruption.throwIfAborted();
  const root = await rootFilesystem(system, console.log, interruption);
  const common = {
    ...{ stack: null, settingsFile: "pair.yaml", rootFilesystem: root, system: "Debian 12" },
    ...{ taskMs: 200, arpDelayMs: 20, stableMs: STABLE_MS, assumptions: {} },
  };
  const since = Date.now();
  const findings = await detect(variants, { common, say: console.log, interruption });
  console.log(`\n${renderFindings(findings).join("\n")}\n`);
  console.log(`${concludeFindings(findings)} (${((Date.now() - since) / 1000).toFixed(0)} s)`);
  return findings.every(({ verdict }) => isRight(verdict)) ? 0 : 1;
}

function listVariants(variants: readonly Variant[]): number {
  for (const { name, part, mechanism, breaks, fault, shows } of variants) {
    console.log(`${name} (${part}, ${mechanism})\n  breaks: ${breaks}\n  shows:  ${fault}: ${shows.check}`);
  }
  return 0;
}

await runCommand({
  usage: USAGE,
  run: async (argv, interruption) => {
    const { variants, list, help } = parseDetectionOptions(argv);
    if (help) console.log(USAGE);
    else if (list) return listVariants(variants);
    else return tryDetection(variants, interruption);
    return 0;
  },
});
