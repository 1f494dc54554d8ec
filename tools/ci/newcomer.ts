// Does what README.md says, word for word, on a machine that has just been installed, and measures how long it takes:
// npm run newcomer -- --help
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseDocument } from "yaml";
import {
  ensurePrerequisites,
  PrerequisitesError,
  thisMachine,
} from "../../packages/rehearsal/src/machine/prerequisites";
import type { DebianVersion } from "../../packages/rehearsal/src/nodes/debian";
import { commandsOf, shellBlocks } from "../docs/commands";
import { NewMachine } from "./new-machine";
import { parsed, runWithUsage, UsageError } from "../command-line";

const ROOT = join(__dirname, "../..");

/** How the command is used. */
const USAGE = `usage: npm run newcomer [-- options]
Follows README.md on a new Debian, as root: prepares it, clones this checkout's last commit, lets a pair fail over, does it
again, and rehearses settings of its own.
  --debian N     12 or 13 (default: 13)
  --patience N   how many times as long everything may take (default: 1)
exit status: 0 it worked in time, 1 it did not, 2 it cannot start`;

/** What the rehearsal prints of a failover that went as it must. */
const PASSED = /^ *all checks passed$/;

/** How long a newcomer waits, in s: from the clone to the first failover, the second time, and with settings of one's own. */
const BOUNDS_S = { cold: 300, warm: 60, own: 600 };

/** The commands of the README, by what they are for. */
export interface NewcomersCommands {
  /** Make the machine ready. */
  readonly prepare: readonly string[];
  /** The whole block from the clone to the failover. */
  readonly start: string;
  /** The folder that the clone makes. */
  readonly folder: string;
  /** Where it clones from. */
  readonly origin: string;
  /** The failover by itself. */
  readonly again: string;
  /** Rehearses settings of one's own. */
  readonly own: string;
}

/**
 * Finds them by what they do.
 *
 * @throws where the README lacks one
 */
export function newcomersCommands(readme: string, debian: DebianVersion): NewcomersCommands {
  const blocks = shellBlocks(readme);
  const blockWith = (sign: string) => {
    const found = blocks.find((block) => block.includes(sign));
    if (found === undefined) throw new Error(`README.md has no block of shell with '${sign}'`);
    return found;
  };
  const start = blockWith("git clone");
  const [, origin = ""] = /git clone (\S+)/.exec(start) ?? [];
  const [, folder = ""] = /^cd (\S+)$/m.exec(start) ?? [];
  const isForThis = (command: string) => !command.includes("# only on") || command.includes(`Debian ${debian}`);
  return {
    prepare: commandsOf(blockWith("apt-get install")).filter(isForThis),
    start,
    folder,
    origin,
    again: commandsOf(start).at(-1)?.split("&&").at(-1)?.trim() ?? "",
    own: commandsOf(blockWith("npm start -- --fault"))[0] ?? "",
  };
}

/** The first edits that people make of pair.yaml, in the text of that file. */
export function editedSettings(text: string): string {
  const settings = parseDocument(text);
  const edits: Readonly<Record<string, unknown>> = {
    name: "newcomer",
    region: "ap-guangzhou",
    "network.availabilityZone": "ap-guangzhou-6",
    image: "debian-12",
    vip: "10.0.1.200",
    healthCheck: { command: "systemctl is-active --quiet dbus" },
  };
  for (const [path, value] of Object.entries(edits)) settings.setIn(path.split("."), value);
  return settings.toString();
}

async function main(debian: DebianVersion, patience: number): Promise<number> {
  const { prepare, start, folder, origin, again, own } = newcomersCommands(
    readFileSync(join(ROOT, "README.md"), "utf8"),
    debian,
  );
  using machine = new NewMachine();
  await machine.install(debian);
  machine.offer(ROOT, origin);
  await machine.run(prepare.join("\n"));
  const cold = await machine.run(start, PASSED);
  const warm = await machine.run(`cd ${folder}\n${again}`, PASSED);
  const settings = join(machine.path, "root", folder, "pair.yaml");
  writeFileSync(settings, editedSettings(readFileSync(settings, "utf8")));
  const ownTook = await machine.run(`cd ${folder}\n${own}`);
  const took = { cold, warm, own: ownTook };
  const tooLong = Object.entries(BOUNDS_S).filter(
    ([name, bound]) => took[name as keyof typeof took] > bound * patience,
  );
  for (const [name, bound] of Object.entries(BOUNDS_S))
    console.log(`${name}: ${took[name as keyof typeof took].toFixed(0)} s (at most ${bound * patience})`);
  if (tooLong.length > 0) console.log(`FAILED: too long: ${tooLong.map(([name]) => name).join(", ")}`);
  return tooLong.length === 0 ? 0 : 1;
}

/**
 * Reads the command line.
 *
 * @throws UsageError which names the option and shows its value
 */
export function parseOptions(argv: readonly string[]) {
  const string = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parsed(() =>
    parseArgs({ args: [...argv], options: { debian: string, patience: string, help: flag } }),
  );
  const { debian = "13", patience = "1", help } = values;
  if (debian !== "12" && debian !== "13") throw new UsageError(`--debian must be 12 or 13, got '${debian}'`);
  if (!(Number(patience) > 0)) throw new UsageError(`--patience must be a number above 0, got '${patience}'`);
  return { debian, patience: Number(patience), help } as const;
}

/** Runs the command line. @returns the exit status */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    return await runWithUsage(
      USAGE,
      () => parseOptions(argv),
      ({ debian, patience }) => {
        // What makes the new machine is what makes a node.
        ensurePrerequisites(thisMachine(console.log));
        return main(debian, patience);
      },
    );
  } catch (error) {
    if (!(error instanceof PrerequisitesError)) throw error;
    console.error(error.message);
    return 2;
  }
}

if (require.main === module) void run(process.argv.slice(2)).then((status) => (process.exitCode = status));
