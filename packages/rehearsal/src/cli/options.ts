import { parseArgs } from "node:util";
import { FAULTS, type Fault } from "../faults/faults.ts";
import { DEBIAN_SUITES, type DebianVersion } from "../nodes/debian.ts";
import type { RootFilesystemChoice } from "../nodes/root-filesystem.ts";
import type { Mechanism } from "../stack/stack.ts";

/** What the command line asks for. */
export interface Options {
  readonly mechanisms: readonly Mechanism[];
  readonly faults: readonly Fault[];
  readonly taskMs: number;
  readonly arpDelayMs: number;
  /** Whether the nodes are taken from a deploy by Terraform. */
  readonly deploy: boolean;
  /** What the nodes boot. */
  readonly rootFilesystem: RootFilesystemChoice;
  /** Only say how the command is used. */
  readonly help: boolean;
}

/** The command line cannot be understood; the message says how it should be. */
export class UsageError extends Error {}

/** How the command is used. */
export const USAGE = `usage: npm start -- [options]
  --mechanism M      havip, secondary-private-ip or both (default: both)
  --faults LIST      what is done to the node that serves, of ${Object.keys(FAULTS).join(", ")} (default: stop,kill,crash)
  --task-ms N        how long an asynchronous task of the cloud takes (default: 200)
  --arp-delay-ms N   how long the fabric takes to believe a gratuitous ARP (default: 20)
  --debian N         the release of Debian that the nodes boot: 11, 12 or 13 (default: 12)
  --root-filesystem PATH
                     boot this folder or tarball instead, which must hold systemd, cloud-init and what the user data needs
  --deploy           let Terraform and the real provider deploy the stack to the local cloud, boot what was deployed,
                     deploy again after each failover, and destroy it at last
  --help             this text

PAIR_SETTINGS names another settings file than pair.yaml.
exit status: 0 every failover went as it must, 1 one did not, 2 it cannot start, 130 interrupted`;

const MECHANISMS: readonly Mechanism[] = ["havip", "secondary-private-ip"];

/**
 * Reads the command line.
 *
 * @throws UsageError which names the option, shows the value and says what it must be
 */
export function parseOptions(argv: readonly string[]): Options {
  const option = (fallback: string) => ({ type: "string", default: fallback }) as const;
  const values = parsed(() =>
    parseArgs({
      args: [...argv],
      options: {
        mechanism: option("both"),
        faults: option("stop,kill,crash"),
        "task-ms": option("200"),
        "arp-delay-ms": option("20"),
        debian: { type: "string" },
        "root-filesystem": { type: "string" },
        deploy: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }),
  ).values;
  return {
    mechanisms:
      values.mechanism === "both" ? MECHANISMS : [oneOf("--mechanism", values.mechanism, MECHANISMS, ["both"])],
    faults: faults(values.faults),
    taskMs: milliseconds("--task-ms", values["task-ms"]),
    arpDelayMs: milliseconds("--arp-delay-ms", values["arp-delay-ms"]),
    rootFilesystem: rootFilesystemChoice(values.debian, values["root-filesystem"]),
    deploy: values.deploy,
    help: values.help,
  };
}

function faults(list: string): Fault[] {
  const names = list.split(",").map((name) => oneOf("--faults", name, Object.keys(FAULTS) as Fault[]));
  const fatal = names.slice(0, -1).find((name) => FAULTS[name].mend === undefined);
  if (fatal !== undefined)
    throw new UsageError(`--faults must have '${fatal}' last, since it leaves nobody to take over, got '${list}'`);
  return names;
}

function rootFilesystemChoice(debian: string | undefined, path: string | undefined): RootFilesystemChoice {
  if (path === undefined)
    return { debian: oneOf("--debian", debian ?? "12", Object.keys(DEBIAN_SUITES) as DebianVersion[]) };
  if (debian === undefined) return { path };
  throw new UsageError(`--debian and --root-filesystem exclude each other, got '${debian}' and '${path}'`);
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function oneOf<T extends string>(option: string, value: string, choices: readonly T[], more: string[] = []): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined)
    throw new UsageError(`${option} must be of ${[...choices, ...more].join(", ")}, got '${value}'`);
  return found;
}

function milliseconds(option: string, value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw new UsageError(`${option} must be a number of milliseconds, got '${value}'`);
  return Number(value);
}
