import { killTree } from "./kill-tree.ts";
import { interruptAt, moments } from "./moments.ts";
import { OperatedPair, type OperatedPairOptions } from "./operated-pair.ts";
import { aftermath, countFromNow, type Outage, outages } from "./outage.ts";
import { NO_OUTAGE_MS, SWITCH_MS } from "./outage-bounds.ts";

/** How a command is interrupted: `kill` ends it with all that it has started at once, `ctrl-c` asks it to end. */
export const WAYS_TO_INTERRUPT = ["kill", "ctrl-c"] as const;
export type WayToInterrupt = (typeof WAYS_TO_INTERRUPT)[number];

/** What is interrupted, and how often. */
export interface Interruptions {
  readonly count: number;
  /** Decides the moments. */
  readonly seed: number;
  readonly way: WayToInterrupt;
}

/** What became of a roll that was interrupted, and of the one that was run after it. */
export interface InterruptionResult {
  /** From 1 on; 0 is the roll that nobody interrupts, whose length the moments are parts of. */
  readonly number: number;
  /** When it was interrupted, in s after its start; undefined: it was not. */
  readonly atS: number | undefined;
  /** What it had said last, or what was ended with it. */
  readonly during: string;
  /** How long the roll took that was run after it, in s. */
  readonly againS: number;
  /** The exit status of that one. */
  readonly status: number;
  /** Each time without an answer that is too long to be none, in ms. */
  readonly outagesMs: readonly number[];
  /** What did not go as it must; empty where all did. */
  readonly problems: readonly string[];
}

/** The types that a pair gets in turns. */
const TYPES = ["S5.LARGE8", "S5.MEDIUM4"] as const;

/**
 * Rolls another instance type through a booted pair, again and again, and interrupts each roll at a random moment; what is
 * run after it must end well. Runs in namespaces of its own.
 */
export async function rehearseInterruptions(
  spec: OperatedPairOptions,
  { count, seed, way }: Interruptions,
  tell: (result: InterruptionResult) => void,
  say: (line: string) => void,
): Promise<void> {
  await using pair = await OperatedPair.open(spec);
  say(`${spec.mechanism}: the pair is deployed and up`);
  const { endedAfterMs: _, ...whole } = await interruptRoll(pair, {
    number: 0,
    type: TYPES[1],
    afterMs: Infinity,
    way,
  });
  tell(whole);
  if (whole.problems.length > 0) return;
  let lengthMs = whole.againS * 1_000;
  let turns = 0;
  for (const [index, moment] of moments(count, seed).entries()) {
    const interrupted = await interruptAt(moment, lengthMs, async (afterMs) => {
      const type = TYPES[turns % TYPES.length] as string;
      turns += 1;
      return interruptRoll(pair, { number: index + 1, type, afterMs, way });
    });
    lengthMs = interrupted.lengthMs;
    const { endedAfterMs: _, ...result } = interrupted.attempt;
    tell(result);
  }
}

/** A roll that is interrupted. */
interface Interrupted {
  readonly number: number;
  /** What it gives the nodes. */
  readonly type: string;
  readonly afterMs: number;
  readonly way: WayToInterrupt;
}

async function interruptRoll(pair: OperatedPair, { number, type, afterMs, way }: Interrupted) {
  await pair.synthesize({ instanceType: type });
  const { client } = pair.lab;
  const from = countFromNow(client);
  const problems: string[] = [];
  const first = afterMs === Infinity ? undefined : await interruptedRoll(pair, afterMs, way);
  const endedAfterMs = first === undefined || first.isInterrupted ? undefined : Date.now() - from;
  if (first !== undefined && !first.isInterrupted) {
    problems.push(`it had ended with ${first.status} before it could be interrupted`);
  }
  const startedAgain = Date.now();
  const { status, said } = await pair.pair("roll");
  const againS = (Date.now() - startedAgain) / 1_000;
  if (status !== 0) problems.push(`run again, it ended with ${status}:\n${said}`);
  const span = await aftermath(from);
  const found = [...client.addresses.keys()].map((via) => outages(client, via, span, NO_OUTAGE_MS));
  problems.push(...found.flatMap(outageProblems), ...(await endProblems(pair, type)));
  const outagesMs = (found[0] ?? []).map(({ ms }) => ms);
  const during = first?.during ?? "";
  return {
    number,
    atS: first === undefined ? undefined : afterMs / 1_000,
    during,
    againS,
    status,
    outagesMs,
    problems,
    endedAfterMs,
  };
}

async function interruptedRoll(pair: OperatedPair, afterMs: number, way: WayToInterrupt) {
  let ended: readonly string[] | undefined;
  let timer: NodeJS.Timeout | undefined;
  const interrupt = (pid: number): void => {
    if (way === "kill") ended = killTree(pid);
    else {
      ended = [];
      process.kill(pid, "SIGINT");
    }
  };
  const { said, status } = await pair.interruptedPair(["roll"], (pid) => {
    timer = setTimeout(() => interrupt(pid), afterMs);
  });
  clearTimeout(timer);
  const steps = said.split("\n").filter((line) => line.startsWith("… "));
  const programs = (ended ?? []).slice(1).map((name) => name.slice(0, 15));
  const during = `${(steps.at(-1) ?? "before its first step").replace("… ", "")}${programs.length > 0 ? ` (with ${programs.join(", ")})` : ""}`;
  return { isInterrupted: ended !== undefined, status, during };
}

/** Rolling a type through a pair takes one graceful switch. */
function outageProblems(found: readonly Outage[]): string[] {
  const shown = found.map(({ ms }) => `${ms} ms`).join(", ");
  if (found.length > 1) return [`traffic was interrupted ${found.length} times instead of once: ${shown}`];
  return found.some(({ ms }) => ms > SWITCH_MS) ? [`the client got no answer for ${shown}`] : [];
}

/** What is not as it must be once a roll is over. */
async function endProblems(pair: OperatedPair, type: string): Promise<string[]> {
  const problems: string[] = [];
  const plan = await pair.terraform("plan", "-detailed-exitcode", "-input=false", "-no-color");
  if (plan.status !== 0) problems.push(`the plan after it is not empty:\n${plan.said}`);
  // A plan leaves the type alone.
  const left = await pair.pair("roll", "--dry-run");
  if (!left.output.includes("the nodes have what the stack says"))
    problems.push(`a roll has more to do:\n${left.said}`);
  const well = await pair.pair("status");
  if (well.status !== 0) problems.push(`'pair status' ends with ${well.status}:\n${well.said}`);
  const instances = [...pair.deploy.cloud.state.instances.values()];
  const states = instances.map(({ instanceState, instanceType }) => `${instanceState} ${instanceType}`).join(", ");
  const wanted = `RUNNING ${type}, RUNNING ${type}`;
  if (states !== wanted) problems.push(`the cloud has ${states} instead of ${wanted}`);
  return problems;
}
