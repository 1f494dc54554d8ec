import { parseArgs } from "node:util";
import { availableParallelism } from "node:os";
import { type AssumptionName, parseAssumptions } from "local-cloud";
import { type Mechanism, MECHANISMS } from "pairctl/contract";
import { UsageError } from "../cli/command.ts";
import { integer, oneOf, parsed } from "../cli/option-values.ts";
import { FAULTS } from "../faults/index.ts";
import { NAMES } from "../timing/consequences.ts";
import { combinedTrials, singleTrials, type Trial } from "./trials.ts";

/** What the command line asks for. */
export interface TrialRequest {
  readonly trials: readonly Trial[];
  readonly fault: string;
  readonly seed: number;
  readonly labs: number;
  /** Where the findings are written as JSON; undefined: nowhere. */
  readonly json: string | undefined;
  /** Only say how the command is used. */
  readonly help: boolean;
}

/** Those of `--fast`: one of each way that pairctl has a second of, and one that only a boot meets with. */
const FAST = ["migration-from-free-eni=refused", "eip-of-migrated-address=stays", "migrating-state=not-shown"] as const;

/** How the command is used. */
export const USAGE = `usage: npm run rehearse:assumptions -- [options]
  lets a pair fail over in a cloud that is otherwise than believed: each reading of each assumption, one at a time
  --mechanism M      havip, secondary-private-ip or both (default: both)
  --assume NAME      the readings of this assumption only, or NAME=READING; several with commas, or several times
  --combinations N   N combinations of readings instead, made at random
  --seed S           a number that the random choices are made from (default: 1)
  --fault NAME       how the pair fails over, such as node-crashed (default: keepalived-stopped)
  --labs N           so many pairs at a time, at most one for each core (default: 1)
  --fast             only ${FAST.join(", ")}: two minutes
  --json FILE        write down the findings as JSON
  --help             this text

npm run rehearse -- --list-assumptions says what there is to assume, docs/assumptions.md what happens where it is wrong.
exit status: 0 the pair serves under each, or says at the first boot why it cannot, 1 not so, 2 it cannot start,
130 interrupted`;

/** Reads the command line. @throws UsageError which names the option, shows the value and says what it must be */
export function parseTrialOptions(argv: readonly string[]): TrialRequest {
  const string = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parsed(() =>
    parseArgs({
      args: [...argv],
      options: {
        mechanism: { ...string, default: "both" },
        assume: { ...string, multiple: true },
        combinations: string,
        seed: { ...string, default: "1" },
        fault: { ...string, default: "keepalived-stopped" },
        labs: { ...string, default: "1" },
        fast: flag,
        json: string,
        help: flag,
      },
    }),
  );
  const mechanisms =
    values.mechanism === "both" ? MECHANISMS : [oneOf("--mechanism", values.mechanism, MECHANISMS, ["both"])];
  const seed = integer("--seed", values.seed, 0);
  const labs = integer("--labs", values.labs, 1);
  if (labs > availableParallelism()) {
    throw new UsageError(
      `--labs must be at most ${availableParallelism()}, one for each core of this machine, got '${labs}'`,
    );
  }
  const asked = values.fast ? FAST : values.assume?.flatMap((value) => value.split(","));
  if (values.fast && values.assume !== undefined) {
    throw new UsageError(`--fast and --assume exclude each other, got '--fast' and '${values.assume.join(",")}'`);
  }
  const single = values.combinations === undefined ? singles(mechanisms, asked) : undefined;
  if (single !== undefined && single.length === 0) {
    throw new UsageError(`--assume must concern the mechanism, got '${asked?.join(",")}' with '${values.mechanism}'`);
  }
  return {
    trials: single ?? combinedTrials(mechanisms, integer("--combinations", values.combinations ?? "", 1), seed),
    fault: oneOf(
      "--fault",
      values.fault,
      FAULTS.map(({ name }) => name),
    ),
    seed,
    labs,
    json: values.json,
    help: values.help,
  };
}

/** The trials of what is asked for: of all where nothing is. @throws UsageError which names what there is */
function singles(mechanisms: readonly Mechanism[], asked: readonly string[] | undefined): Trial[] {
  if (asked === undefined) return singleTrials(mechanisms, NAMES);
  return asked.flatMap((text) => {
    const [name = "", reading] = text.split("=", 2);
    const known = oneOf("--assume", name, NAMES) as AssumptionName;
    if (reading === undefined) return singleTrials(mechanisms, [known]);
    const assumptions = parsed(() => parseAssumptions([text]));
    return singleTrials(mechanisms, [known]).filter((trial) => trial.assumptions[known] === assumptions[known]);
  });
}
