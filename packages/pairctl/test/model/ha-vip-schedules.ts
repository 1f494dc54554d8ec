import assert from "node:assert/strict";
import type { Model } from "./model.ts";
import {
  expectConvergence,
  failAndHeal,
  heal,
  masters,
  type NamedSchedule,
  requireAtMost,
  type Schedule,
  strikeStronger,
  WORD_LOSSES,
} from "./schedules.ts";

/** A yield is over when the last word is: three adverts, and the second in which keepalived asks. */
const YIELD_MS = 3000 + 1000;
/** An election: 3.7 s for the weaker one, and a beat of the model. */
const ELECTION_MS = 4000;
/** keepalived's announcement of an address that nobody else announces: its own are 5 s apart. */
const ANNOUNCEMENT_MS = 5000 + 1000;

/** From the end of all faults, with a HAVIP. */
const CONVERGENCE_MS = YIELD_MS + 2 * ELECTION_MS + ANNOUNCEMENT_MS;

/** Any faults, and then the one MASTER has the address for good, and says so. */
const FAULTS: Schedule = async (model) => {
  await failAndHeal(model);
  await expectConvergence(model, CONVERGENCE_MS);
  // A contest that it has seen is forgotten by now.
  assert.equal(model.nodes.find((node) => node.isMaster)?.agree, "yes");
};

/** VRRP is cut for five minutes, and the words arrive: the weaker one yields at once, and as long as that is so. */
export const SPLIT_WITH_WORDS: Schedule = async (model) => {
  await split(model);
  await model.pass(ELECTION_MS + YIELD_MS);
  const moves = model.cloud.moves.length;
  for (let second = 0; second < 300; second += 1) {
    await model.pass(1000);
    assert.deepEqual(masters(model), ["primary"]);
  }
  assert.equal(model.cloud.holder, "primary");
  heal(model);
  await expectConvergence(model, CONVERGENCE_MS);
  // The announcement of before the first yield may have been on its way.
  requireAtMost("moves", model.cloud.moves.length, moves + 1);
  assert.equal(model.cloud.holder, "primary");
};

/** VRRP and words are cut: both announce the address all the time, and at each moment one of them says that this is so. */
export const CONTESTED: Schedule = async (model) => {
  await split(model);
  await model.pass(20_000);
  assert.deepEqual(masters(model), ["primary", "secondary"]);
  for (let second = 0; second < 120; second += 1) {
    await model.pass(1000);
    assert.ok(
      model.nodes.some(({ agree }) => agree === "no"),
      "no signal is red",
    );
  }
  heal(model);
  await expectConvergence(model, CONVERGENCE_MS);
};

/** VRRP is cut, and the stronger node ends, in the one or the other way. */
export const END_OF_STRONGER: Schedule = async (model) => {
  await split(model);
  await model.pass(model.between(15_000, 100_000));
  strikeStronger(model);
  await model.pass(YIELD_MS + ELECTION_MS + ANNOUNCEMENT_MS);
  assert.deepEqual(masters(model), ["secondary"]);
  assert.equal(model.cloud.holder, "secondary");
};

/** One node is gone for good. */
const LOST_NODE: Schedule = async (model) => {
  await model.pass(model.between(8000, 30_000));
  const node = model.nodes[model.chance(0.5) ? 0 : 1];
  node.crash();
  await model.pass(ELECTION_MS + ANNOUNCEMENT_MS);
  assert.equal(model.cloud.holder, model.other(node).name);
};

async function split(model: Model): Promise<void> {
  await model.pass(model.between(10_000, 30_000));
  model.linked = false;
}

const named = (name: string, count: number, run: Schedule, wordLosses = WORD_LOSSES): NamedSchedule => ({
  name,
  count,
  run,
  options: { wordLosses, mechanism: "havip" },
});

/** What happens to a pair with a HAVIP, and what must hold of it. */
export const HA_VIP_SCHEDULES: readonly NamedSchedule[] = [
  named("soon after the last of any faults is over, the one MASTER has it for good, and says so", 30, FAULTS),
  named("while VRRP is cut and the words arrive, one node is MASTER, and nothing moves", 2, SPLIT_WITH_WORDS, [0]),
  named("while VRRP and words are cut, a signal is red at each moment", 2, CONTESTED, [1]),
  named(
    "while VRRP is cut and the stronger dies, falls ill or is drained, the weaker has it within a bound",
    20,
    END_OF_STRONGER,
  ),
  named("the node that is left has it", 20, LOST_NODE),
];
