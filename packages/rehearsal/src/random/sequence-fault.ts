import type { Mechanism } from "pairctl/contract";
import type { Fault, Scene } from "../faults/fault.ts";
import { sleep } from "../machine/process.ts";
import { waitFor } from "../machine/wait.ts";
import { afterBoot } from "../timing/bounds.ts";
import type { Timing } from "../timing/timing.ts";
import { randomNumbers } from "./random-numbers.ts";
import { readyForStrike } from "./ready.ts";
import { eventsOf, formatSequence, type Sequence, SequenceError, type Strike } from "./sequence.ts";

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
 * Injects and heals, each in its time, or as soon after it as what goes before is done. What could not be injected is not
 * healed; everything else is, whatever happens.
 *
 * @throws where something could not be injected or healed, once all is over
 */
async function play(sequence: Sequence, scene: Scene, parts: ReadonlyMap<Strike, Fault>): Promise<void> {
  const begun = Date.now();
  const problems: string[] = [];
  const failed = new Set<Strike>();
  for (const { atMs, kind, strike } of eventsOf(sequence)) {
    const fault = parts.get(strike);
    if (fault === undefined || failed.has(strike)) continue;
    await sleep(Math.max(0, begun + atMs - Date.now()));
    const struck = sceneOf(strike, scene);
    try {
      if (kind === "inject") await waitFor(readyForStrike(fault, struck));
      scene.note(`${kind === "inject" ? "FAULT" : "HEALING"}: ${strike.fault} on the ${strike.node}`);
      await fault[kind](struck);
    } catch (error) {
      failed.add(strike);
      problems.push(`${strike.fault} on the ${strike.node}, ${kind}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("; "));
}

/** The scene as a fault sees it that strikes a certain node. */
function sceneOf({ node, fromMs }: Strike, scene: Scene): Scene {
  const serving = scene.lab.node(node);
  return { ...scene, serving, standby: scene.lab.peerOf(serving), random: randomNumbers(fromMs) };
}
