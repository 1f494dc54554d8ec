import { parseArgs } from "node:util";
import { FAULTS, type Fault } from "./faults.ts";
import type { Mechanism } from "./stack.ts";

/** What the command line asks for. */
export interface Options {
  readonly mechanisms: readonly Mechanism[];
  readonly faults: readonly Fault[];
  readonly taskMs: number;
  readonly arpDelayMs: number;
}

/** The command line cannot be understood; the message says how it should be. */
export class UsageError extends Error {}

/** How the command is used. */
export const USAGE = `usage: npm start -- [options]
  --mechanism M      havip, secondary-private-ip or both (default: both)
  --faults LIST      what is done to the node that serves, of ${Object.keys(FAULTS).join(", ")} (default: stop,kill,crash)
  --task-ms N        how long an asynchronous task of the cloud takes (default: 200)
  --arp-delay-ms N   how long the fabric takes to believe a gratuitous ARP (default: 20)`;

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
      },
    }),
  ).values;
  return {
    mechanisms:
      values.mechanism === "both" ? MECHANISMS : [oneOf("--mechanism", values.mechanism, MECHANISMS, ["both"])],
    faults: values.faults.split(",").map((name) => oneOf("--faults", name, Object.keys(FAULTS) as Fault[])),
    taskMs: milliseconds("--task-ms", values["task-ms"]),
    arpDelayMs: milliseconds("--arp-delay-ms", values["arp-delay-ms"]),
  };
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
