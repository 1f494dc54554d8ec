import { parseArgs } from "node:util";
import { type Mechanism, MECHANISMS } from "pairctl/contract";
import { UsageError } from "../cli/command.ts";
import { integer, oneOf, parsed } from "../cli/option-values.ts";
import { type Interruptions, WAYS_TO_INTERRUPT } from "./rehearse-interruptions.ts";
import { STEPS } from "./steps.ts";

/** How the command is used. */
export const USAGE = `usage: npm run rehearse:operator -- [options]
  --mechanism M   havip, secondary-private-ip or both (default: both)
  --step NAME     only this one, several with commas: ${STEPS.map(({ name }) => name).join(", ")}
  --interrupt N   in place of the steps: N rolls, each interrupted at a random moment and run again
  --by WAY        kill (ends the roll and all that it has started at once) or ctrl-c; with --interrupt (default: kill)
  --seed N        decides the moments; with --interrupt (default: 1)
  --keep          keep what becomes of them in docs/changes; with --interrupt
  --help          this text
exit status: 0 everything went as it must, 1 something did not, 2 it cannot start, 130 interrupted`;

/** What the command line asks for. */
export interface OperatorRequest {
  readonly mechanisms: readonly Mechanism[];
  /** The names of the steps. */
  readonly steps: readonly string[];
  /** Rolls that are interrupted, in place of the steps; undefined: the steps. */
  readonly interruptions: Interruptions | undefined;
  /** Keeps what becomes of them in docs/changes. */
  readonly isKept: boolean;
  readonly help: boolean;
}

/** Reads the command line. @throws UsageError which names the option, shows the value and says what it must be */
export function parseOperatorOptions(argv: readonly string[]): OperatorRequest {
  const { values } = parsed(() =>
    parseArgs({
      args: [...argv],
      options: {
        mechanism: { type: "string", default: "both" },
        step: { type: "string" },
        interrupt: { type: "string" },
        by: { type: "string" },
        seed: { type: "string" },
        keep: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }),
  );
  const names = STEPS.map(({ name }) => name);
  const steps = values.step?.split(",") ?? names;
  for (const step of steps) oneOf("--step", step, names);
  const mechanism = oneOf("--mechanism", values.mechanism, [...MECHANISMS, "both"] as const);
  const mechanisms: readonly Mechanism[] = mechanism === "both" ? MECHANISMS : [mechanism];
  const interruptions = interruptionsOf(values);
  if (values.keep && interruptions === undefined) throw new UsageError("--keep goes with --interrupt, got it alone");
  return { mechanisms, steps, interruptions, isKept: values.keep, help: values.help };
}

function interruptionsOf(values: InterruptionOptions): Interruptions | undefined {
  const { interrupt, by, seed, step } = values;
  const alone = Object.entries({ "--by": by, "--seed": seed }).find(([, value]) => value !== undefined)?.[0];
  if (interrupt === undefined) {
    if (alone !== undefined) throw new UsageError(`${alone} goes with --interrupt, got it alone`);
    return undefined;
  }
  if (step !== undefined) throw new UsageError("--step and --interrupt exclude each other: give one of them");
  return {
    count: integer("--interrupt", interrupt, 1),
    way: oneOf("--by", by ?? "kill", WAYS_TO_INTERRUPT),
    seed: integer("--seed", seed ?? "1", 0),
  };
}

/** The options that interrupted rolls have, as they were given. */
type InterruptionOptions = Readonly<Partial<Record<"interrupt" | "by" | "seed" | "step", string>>>;
