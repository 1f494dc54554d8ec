import { expect } from "vitest";
import type { Model } from "./model.ts";
import { expectConvergence, failAndHeal, heal, masters, type Schedule, strikeStronger } from "./schedules.ts";

/** A yield is over when the last word is: three adverts, and the second in which keepalived asks. */
const YIELD_MS = 3000 + 1000;
/** An election: 3.7 s for the weaker one, and a beat of the model. */
const ELECTION_MS = 4000;
/** keepalived's announcement of an address that nobody else announces: its own are 5 s apart. */
const ANNOUNCEMENT_MS = 5000 + 1000;

/** From the end of all faults, with a HAVIP. */
const CONVERGENCE_MS = YIELD_MS + 2 * ELECTION_MS + ANNOUNCEMENT_MS;

/** Any faults, and then the one MASTER has the address for good, and says so. */
export const HA_VIP_FAULTS: Schedule = async (model) => {
  await failAndHeal(model);
  await expectConvergence(model, CONVERGENCE_MS);
  // A contest that it has seen is forgotten by now.
  expect(model.nodes.find((node) => node.isMaster)?.agree).toBe("yes");
};

/** VRRP is cut for five minutes, and the words arrive: the weaker one yields at once, and as long as that is so. */
export const SPLIT_WITH_WORDS: Schedule = async (model) => {
  await split(model);
  await model.pass(ELECTION_MS + YIELD_MS);
  const moves = model.cloud.moves.length;
  for (let second = 0; second < 300; second += 1) {
    await model.pass(1000);
    expect(masters(model)).toEqual(["primary"]);
  }
  expect(model.cloud.holder).toBe("primary");
  heal(model);
  await expectConvergence(model, CONVERGENCE_MS);
  // The announcement of before the first yield may have been on its way.
  expect(model.cloud.moves.length).toBeLessThanOrEqual(moves + 1);
  expect(model.cloud.holder).toBe("primary");
};

/** VRRP and words are cut: both announce the address all the time, and at each moment one of them says that this is so. */
export const CONTESTED: Schedule = async (model) => {
  await split(model);
  await model.pass(20_000);
  expect(masters(model)).toEqual(["primary", "secondary"]);
  for (let second = 0; second < 120; second += 1) {
    await model.pass(1000);
    expect(model.nodes.map(({ agree }) => agree)).toContain("no");
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
  expect(masters(model)).toEqual(["secondary"]);
  expect(model.cloud.holder).toBe("secondary");
};

/** One node is gone for good. */
export const LOST_NODE: Schedule = async (model) => {
  await model.pass(model.between(8000, 30_000));
  const node = model.nodes[model.chance(0.5) ? 0 : 1];
  node.crash();
  await model.pass(ELECTION_MS + ANNOUNCEMENT_MS);
  expect(model.cloud.holder).toBe(model.other(node).name);
};

async function split(model: Model): Promise<void> {
  await model.pass(model.between(10_000, 30_000));
  model.linked = false;
}
