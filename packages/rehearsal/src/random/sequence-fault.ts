import type { Mechanism } from "pairctl/contract";
import type { Fault, Scene } from "../faults/fault.ts";
import { conflict, type Grip } from "../faults/lever.ts";
import { sleep } from "../machine/process.ts";
import { waitFor } from "../machine/wait.ts";
import { afterBoot } from "../timing/bounds.ts";
import type { Timing } from "../timing/timing.ts";
import { randomNumbers } from "local-cloud";
import { readyForStrike } from "./ready.ts";
import { formatSequence, type Sequence, SequenceError, type Strike } from "./sequence.ts";

/**
 * What pairctl remembers of earlier faults may let it wait for so long, in ms, before it moves the address once more
 * (docs/protocol.md: a weaker MASTER leaves it for up to 80 s).
 */
const MEMORY_MS = 80_000;

/** What a sequence is made a fault with. */
export interface SequenceFaultOptions {
  readonly name: string;
  readonly sequence: Sequence;
  readonly mechanism: Mechanism;
  /** All faults that there are: every sequence is for a pair that has what any of them needs. */
  readonly faults: readonly Fault[];
}

/**
 * A sequence as one fault, whose run has the same audit as any other.
 *
 * @throws SequenceError where a fault does not exist, is not for the mechanism or takes hold of everything
 */
export function sequenceFault({ name, sequence, mechanism, faults }: SequenceFaultOptions): Fault {
  const parts = new Map(sequence.map((strike) => [strike, faultFor(strike, mechanism, faults)]));
  const convergesMs = (timing: Timing) =>
    MEMORY_MS + Math.max(afterBoot(timing), ...[...parts.values()].map((fault) => fault.convergesMs(timing)));
  const settings = faults.find((fault) => fault.levers !== undefined && fault.settings !== undefined)?.settings;
  return {
    name,
    group: "random",
    does: formatSequence(sequence),
    heals: "each fault in its turn, the last one before the audit",
    // Any of them may leave nobody to serve: the service is asked for once all has healed.
    expects: "nobody",
    outageMs: convergesMs,
    convergesMs,
    lastsMs: 0,
    source: "a sequence that was made at random",
    mechanisms: [mechanism],
    ...(settings !== undefined && { settings }),
    inject: (scene) => play(sequence, scene, parts),
    heal: async () => {},
  };
}

function faultFor({ fault: name }: Strike, mechanism: Mechanism, faults: readonly Fault[]): Fault {
  const fault = faults.find((candidate) => candidate.name === name);
  if (fault?.levers === undefined) {
    const known = faults.filter(({ levers }) => levers !== undefined).map((each) => each.name);
    throw new SequenceError(`a fault of a sequence must be one of ${known.join(", ")}, got '${name}'`);
  }
  if (fault.mechanisms === undefined || fault.mechanisms.includes(mechanism)) return fault;
  throw new SequenceError(
    `a fault of a sequence for ${mechanism} must be one for it, got '${name}', which is for ` +
      `${fault.mechanisms.join(", ")}: name another --mechanism`,
  );
}

/**
 * Plays all faults side by side, each in its time, or as soon after it as the faults before it are over that take hold of
 * the same: some take their time to be injected. What could not be injected is not healed; everything else is, whatever
 * happens.
 *
 * @throws where something could not be injected or healed, once all is over
 */
async function play(sequence: Sequence, scene: Scene, parts: ReadonlyMap<Strike, Fault>): Promise<void> {
  const begun = Date.now();
  const problems: string[] = [];
  const under: { readonly grip: Grip; readonly over: Promise<void> }[] = [];
  for (const strike of sequence) {
    const fault = parts.get(strike);
    if (fault === undefined) continue;
    const grip = { levers: fault.levers, node: strike.node };
    const before = under.filter((other) => conflict(other.grip, grip)).map(({ over }) => over);
    const playing = playStrike(strike, fault, { scene, begun, before }).catch((error: Error) => {
      problems.push(`${strike.fault} on the ${strike.node}, ${error.message}`);
    });
    under.push({ grip, over: playing });
  }
  await Promise.all(under.map(({ over }) => over));
  if (problems.length > 0) throw new Error(problems.join("; "));
}

interface StrikeOptions {
  readonly scene: Scene;
  /** When the sequence has begun, in ms since the epoch. */
  readonly begun: number;
  /** The ends of the faults that must be over before. */
  readonly before: readonly Promise<void>[];
}

/** Injects a fault, and heals it when it has lasted as long as it is to. @throws which of both has failed, and why */
async function playStrike(strike: Strike, fault: Fault, { scene, begun, before }: StrikeOptions): Promise<void> {
  const { fromMs, toMs } = strike;
  const struck = sceneOf(strike, scene);
  const step = async (kind: "inject" | "heal", act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      throw new Error(`${kind}: ${(error as Error).message}`, { cause: error });
    }
  };
  await Promise.all([...before, sleep(fromMs)]);
  await step("inject", async () => {
    await waitFor(readyForStrike(fault, struck));
    scene.note(`FAULT: ${strike.fault} on the ${strike.node}`);
    const since = Date.now();
    await fault.inject(struck);
    await sleep(Math.max(0, since + toMs - fromMs - Date.now(), begun + toMs - Date.now()));
  });
  scene.note(`HEALING: ${strike.fault} on the ${strike.node}`);
  await step("heal", () => fault.heal(struck));
}

/** The scene as a fault sees it that strikes a certain node. */
function sceneOf({ node, fromMs }: Strike, scene: Scene): Scene {
  const serving = scene.lab.node(node);
  return { ...scene, serving, standby: scene.lab.peerOf(serving), random: randomNumbers(fromMs) };
}
