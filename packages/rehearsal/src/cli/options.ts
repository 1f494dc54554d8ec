import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { type Assumptions, ASSUMPTIONS, parseAssumptions } from "local-cloud";
import { FAULT_GROUPS, FAULTS } from "../faults/index.ts";
import { FAULT_CHOICE_NAMES, type FaultChoiceName, FAULT_CHOICES } from "./fault-choices.ts";
import { ownFaultName } from "../faults/own-fault.ts";
import { DEBIAN_SUITES, type DebianVersion } from "../nodes/debian.ts";
import type { RootFilesystemChoice } from "../nodes/root-filesystem.ts";
import type { StackChoice } from "../stack/stack.ts";
import { type Mechanism, MECHANISMS } from "pairctl/contract";
import { UsageError } from "./command.ts";
import { integer, oneOf, parsed } from "./option-values.ts";
import { chosenSequences } from "./sequence-options.ts";

/** What the command line asks for. */
export interface Options {
  readonly mechanisms: readonly Mechanism[];
  /** Names of faults and of sequences of them. */
  readonly faults: readonly string[];
  /** How often each fault is tried. */
  readonly runs: number;
  /** What the random choices are made from. */
  readonly seed: number;
  /** In how many tries a sequence that fails is shrunk. */
  readonly shrinkTries: number;
  /** How long the pair must be well after each fault, in ms. */
  readonly stableMs: number;
  readonly taskMs: number;
  readonly arpDelayMs: number;
  /** How many labs there are side by side. */
  readonly labs: number;
  /** What is assumed of the cloud where that is not what is believed. */
  readonly assumptions: Partial<Assumptions>;
  /** What the nodes boot. */
  readonly rootFilesystem: RootFilesystemChoice;
  /** Packages that the nodes can install beside those that the user data asks for. */
  readonly packages: readonly string[];
  /** The pair that is rehearsed; undefined: that of the settings. */
  readonly stack: StackChoice | undefined;
  /** Whether the nodes are taken from a deploy by Terraform. */
  readonly deploy: boolean;
  /** Where the campaign's record is written; undefined: nowhere. */
  readonly json: string | undefined;
  /** Where the campaign's summary is written at its end; undefined: nowhere. */
  readonly summary: string | undefined;
  /** Whether the campaign of that file is gone on with. */
  readonly resume: boolean;
  /** Where the report for people is written; undefined: nowhere. */
  readonly report: string | undefined;
  /** Where JUnit XML is written; undefined: nowhere. */
  readonly junit: string | undefined;
  /** The record that reports are made from, in place of a campaign; undefined: a campaign is made. */
  readonly reportFrom: string | undefined;
  /** Whether the pair stays up at the end. */
  readonly keep: boolean;
  /** Whether lines only are printed, also on a terminal. */
  readonly noProgress: boolean;
  /** Whether the faults are only named. */
  readonly list: boolean;
  /** Whether the assumptions are only named. */
  readonly listAssumptions: boolean;
  /** Settings files with commas between them. @default - those of PAIR_SETTINGS, or pair.yaml */
  readonly settings?: string;
  /** Only say how the command is used. */
  readonly help: boolean;
}

/** How the command is used. */
export const USAGE = `usage: npm start -- [options]         the faults ${FAULT_CHOICES.short.faults.join(", ")}
       npm run rehearse -- [options]  all faults
  --mechanism M      havip, secondary-private-ip or both (default: both)
  --fault NAME       this fault instead, or a choice of several: short, ci or all, or a group of --list, such as network;
                     several with commas, or with the option several times
  --break COMMAND    this fault of your own instead, or beside --fault: the line of shell runs on the node that serves, as
                     root; the pair's health check must notice, and the other node take over
  --mend COMMAND     the line of shell that undoes it
  --random N         N sequences of faults made at random instead, which overlap; shrunk where one fails
  --steps K          how many faults each of them has (default: 8)
  --sequence "…"     this sequence instead, as it is printed for one that fails; several with the option several times
  --shrink N         in how many tries, each with a new pair, a sequence that fails is shrunk (default: 12)
  --list             say what faults there are, and what is expected of each
  --runs N           try each fault so often (default: 1)
  --seed S           a number that the random choices are made from (default: 1)
  --stable-s N       how long the pair must be well after each fault, without a change (default: 15; short and ci: 2)
  --labs N           so many pairs at a time, each in a lab of its own, at most one for each core (default: 1)
  --json FILE        write down everything that was seen, in a new file that is always whole
  --summary FILE     write down at the end what it has come to: figures and violations, as JSON
  --resume           go on with the campaign of that file where it was stopped; --runs may grow
  --report FILE      write a page with outages, timelines and violations, which needs nothing else to be opened
  --junit FILE       write JUnit XML for CI servers, a test case for each run
  --report-from FILE make the reports of a campaign that --json has written down, and rehearse nothing
  --keep             leave the pair running at the end, to look around in, until Ctrl-C
  --no-progress      print lines only: no live view and no progress bar, which a terminal has otherwise
  --debian N         the release of Debian that the nodes boot: 11, 12 or 13 (default: 12)
  --root-filesystem PATH
                     boot this folder or tarball instead, which must hold systemd, cloud-init and what the user data needs
  --task-ms N        how long an asynchronous task of the cloud takes (default: 200)
  --arp-delay-ms N   how long the fabric takes to believe a gratuitous ARP (default: 20)
  --assume NAME=READING
                     another reading of what no document settles about the cloud; several as with --fault. Where there
                     is but one other reading, its NAME is enough
  --list-assumptions say what there is to assume, and what is believed
  --stack FOLDER     rehearse a pair of a program of your own: the folder of a synthesized stack, or cdktf.out
  --pair NAME        which one, where the stack has several
  --subnet-cidr CIDR the range of the pair's subnet, where that exists already and the stack does not say it
  --packages NAMES   packages that the nodes can install beside those of the user data's 'packages', such as those that
                     its commands install; several with commas
  --settings F,…     settings files, each of which overlays those before it (default: PAIR_SETTINGS, or pair.yaml)
  --deploy           let Terraform and the real provider deploy the stack to the local cloud, boot what was deployed,
                     deploy again after each failover, and destroy it at last
  --help             this text

CI, NO_COLOR and TERM=dumb mean --no-progress.
exit status: 0 everything went as it must, 1 something did not, 2 it cannot start, 130 interrupted`;

/**
 * Reads the command line: `short` or `all`, and options.
 *
 * @throws UsageError which names the option, shows the value and says what it must be
 */
export function parseOptions(argv: readonly string[]): Options {
  const string = { type: "string" } as const;
  const list = { type: "string", multiple: true } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values, positionals } = parsed(() =>
    parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        mechanism: { ...string, default: "both" },
        settings: string,
        fault: list,
        break: string,
        mend: string,
        random: string,
        steps: { ...string, default: "8" },
        sequence: list,
        shrink: { ...string, default: "12" },
        list: flag,
        runs: { ...string, default: "1" },
        seed: { ...string, default: "1" },
        "stable-s": string,
        labs: { ...string, default: "1" },
        json: string,
        summary: string,
        resume: flag,
        report: string,
        junit: string,
        "report-from": string,
        keep: flag,
        "no-progress": flag,
        debian: string,
        "root-filesystem": string,
        "task-ms": { ...string, default: "200" },
        "arp-delay-ms": { ...string, default: "20" },
        assume: list,
        "list-assumptions": flag,
        packages: list,
        stack: string,
        pair: string,
        "subnet-cidr": string,
        deploy: flag,
        help: flag,
      },
    }),
  );
  if (positionals.length > 1)
    throw new UsageError(`one of ${FAULT_CHOICE_NAMES.join(", ")} at most, got '${positionals.join(" ")}'`);
  const preset = oneOf("what is rehearsed", positionals[0] ?? "all", FAULT_CHOICE_NAMES);
  const own = ownFaultOf(values.break, values.mend);
  const { faults, stableS } = chosenFaults(values.fault ?? [], own, preset);
  const mechanisms =
    values.mechanism === "both" ? MECHANISMS : [oneOf("--mechanism", values.mechanism, MECHANISMS, ["both"])];
  const seed = integer("--seed", values.seed, 0);
  const sequences = chosenSequences({
    count: values.random === undefined ? undefined : integer("--random", values.random, 1),
    steps: integer("--steps", values.steps, 1),
    texts: values.sequence,
    isFaultNamed: values.fault !== undefined || own !== undefined,
    seed,
    mechanisms,
  });
  const labs = labCount(values.labs, values.keep);
  if (values.resume && values.json === undefined) {
    throw new UsageError("--resume needs --json FILE: the file of the campaign to go on with");
  }
  if (values["report-from"] !== undefined && values.report === undefined && values.junit === undefined) {
    throw new UsageError("--report-from needs --report FILE or --junit FILE: where the report is to be written");
  }
  return {
    mechanisms,
    faults: sequences ?? faults,
    runs: integer("--runs", values.runs, 1),
    seed,
    shrinkTries: integer("--shrink", values.shrink, 0),
    stableMs: 1_000 * integer("--stable-s", values["stable-s"] ?? String(stableS), 1),
    taskMs: integer("--task-ms", values["task-ms"], 0),
    arpDelayMs: integer("--arp-delay-ms", values["arp-delay-ms"], 0),
    rootFilesystem: rootFilesystemChoice(values.debian, values["root-filesystem"]),
    labs,
    assumptions: assumptionsOf(values.assume ?? []),
    packages: (values.packages ?? []).flatMap((value) => value.split(",")).map(requirePackage),
    stack: stackChoice(values),
    deploy: values.deploy,
    json: values.json,
    summary: values.summary,
    resume: values.resume,
    report: values.report,
    junit: values.junit,
    reportFrom: values["report-from"],
    keep: values.keep,
    noProgress: values["no-progress"],
    list: values.list,
    listAssumptions: values["list-assumptions"],
    ...(values.settings !== undefined && { settings: values.settings }),
    help: values.help,
  };
}

/**
 * The name of the fault of the user's own; undefined where there is none.
 *
 * @throws UsageError where one of its two commands is missing or empty
 */
function ownFaultOf(breaks: string | undefined, mends: string | undefined): string | undefined {
  if (breaks === undefined && mends === undefined) return undefined;
  for (const [option, value] of Object.entries({ "--break": breaks, "--mend": mends })) {
    if (value === undefined) {
      throw new UsageError("--break and --mend go together: how the service is broken, and how it is mended");
    }
    if (value.trim() === "") throw new UsageError(`${option} must be a line of shell, got '${value}'`);
  }
  return ownFaultName({ breaks: String(breaks), mends: String(mends) });
}

/**
 * The faults that are named, or chosen by a name for several or by their group, each once; without any, those of what is rehearsed. The
 * look after each is as long as the longest of the choices says, and that of what is rehearsed where there are none.
 *
 * @param own the name of a fault of the user's own
 * @throws UsageError
 */
function chosenFaults(
  values: readonly string[],
  own: string | undefined,
  preset: FaultChoiceName,
): { faults: string[]; stableS: number } {
  const names = FAULTS.map(({ name }) => name);
  const given = values.flatMap((value) => value.split(","));
  const chosen = given.map((name) => oneOf("--fault", name, [...FAULT_CHOICE_NAMES, ...FAULT_GROUPS, ...names]));
  const choices = FAULT_CHOICE_NAMES.filter((name) => (chosen.length === 0 ? name === preset : chosen.includes(name)));
  const named = [...chosen.flatMap(faultsOf), ...(own === undefined ? [] : [own])];
  const faults = named.length === 0 ? FAULT_CHOICES[preset].faults : named;
  const looks = (choices.length === 0 ? [preset] : choices).map((name) => FAULT_CHOICES[name].stableS);
  return { faults: [...new Set(faults)], stableS: Math.max(...looks) };
}

function faultsOf(name: string): readonly string[] {
  const choice = FAULT_CHOICE_NAMES.find((candidate) => candidate === name);
  if (choice !== undefined) return FAULT_CHOICES[choice].faults;
  const ofGroup = FAULTS.filter(({ group }) => group === name);
  return ofGroup.length === 0 ? [name] : ofGroup.map((fault) => fault.name);
}

/**
 * Two labs on one core would measure each other, and one pair that stays up is one lab.
 *
 * @throws UsageError
 */
function labCount(value: string, keep: boolean): number {
  const labs = integer("--labs", value, 1);
  const most = availableParallelism();
  if (labs > most) {
    const limit = `at most ${most}, one for each core of this machine`;
    throw new UsageError(`--labs must be ${limit}, got '${value}': with more, outages would be the machine's`);
  }
  if (keep && labs > 1) {
    throw new UsageError(`--keep leaves one pair running at the end, so that --labs must be 1, got '${value}'`);
  }
  return labs;
}

/** @throws UsageError which names what there is */
function assumptionsOf(values: readonly string[]): Partial<Assumptions> {
  const texts = values.flatMap((value) => value.split(",")).map(withOnlyReading);
  try {
    return parseAssumptions(texts);
  } catch (error) {
    throw new UsageError(`--assume: ${(error as Error).message}`);
  }
}

/** Adds the reading where there is but one beside the one that is believed. */
function withOnlyReading(text: string): string {
  const readings = Object.entries(ASSUMPTIONS).find(([name]) => name === text)?.[1].readings;
  return readings?.length === 2 ? `${text}=${readings[1]}` : text;
}

/** @throws UsageError where apt would take it for something else */
function requirePackage(name: string): string {
  if (/^[a-z0-9][a-z0-9.+-]+(=[\w.+:~-]+)?$/.test(name)) return name;
  throw new UsageError(`--packages must be names of packages, such as nginx,jq=1.6-2.1, got '${name}'`);
}

/** @throws UsageError where an option is given that goes with another one, or against it */
function stackChoice({ stack, pair, deploy, "subnet-cidr": subnetCidr }: StackValues): StackChoice | undefined {
  if (stack === undefined) {
    const ofStack = Object.entries({ "--pair": pair, "--subnet-cidr": subnetCidr });
    const alone = ofStack.find(([, value]) => value !== undefined);
    if (alone !== undefined) throw new UsageError(`${alone[0]} goes with --stack FOLDER, got '${alone[1]}' without it`);
    return undefined;
  }
  if (deploy) {
    throw new UsageError(`--deploy deploys the pair of the settings, and does not go with --stack, got '${stack}'`);
  }
  return { path: stack, ...(pair !== undefined && { pair }), ...(subnetCidr !== undefined && { subnetCidr }) };
}

interface StackValues {
  readonly stack?: string | undefined;
  readonly pair?: string | undefined;
  readonly "subnet-cidr"?: string | undefined;
  readonly deploy: boolean;
}

function rootFilesystemChoice(debian: string | undefined, path: string | undefined): RootFilesystemChoice {
  if (path === undefined)
    return { debian: oneOf("--debian", debian ?? "12", Object.keys(DEBIAN_SUITES) as DebianVersion[]) };
  if (debian === undefined) return { path };
  throw new UsageError(`--debian and --root-filesystem exclude each other, got '${debian}' and '${path}'`);
}
