import { hearsAdverts, type Settings } from "../contract/index.ts";
import { passes, type Problem, problem } from "../cloud/problem.ts";
import { freshWord } from "./decision/index.ts";
import type { Observation, Outcome, Verdict } from "./outcome.ts";
import { forgetPromotion, look, pause, type Run } from "./run.ts";
import { isYielding, YIELDS } from "./yielding.ts";
import { promotionOf } from "./vrrp.ts";

/** The steps that differ between the two mechanisms. */
export interface MechanismSteps<Seen extends Observation = Observation, Key extends keyof Settings = keyof Settings> {
  /** Asks the cloud who has the address. @throws {Problem} where that stays unknown */
  observe(run: Run<Key>): Promise<Seen>;
  /** What is wrong with the address although the right node has it. */
  objection(run: Run, seen: Seen): string | undefined;
  /** Decides about what was seen, and does that. @returns how the run ends, or undefined: look again */
  act(run: Run<Key>, seen: Seen): Promise<Verdict | undefined>;
}

/** Within this time, in ms, after a notification of MASTER keepalived adds the VIP to the interface. */
const VIP_PATIENCE_MS = 1000;

/**
 * The pause after an error, in ms: half of it is random, so that the two nodes do not ask at the same moments; it
 * doubles five times.
 */
const ERROR_PAUSE_MS = 50;
const MAX_DOUBLINGS = 5;

/** How often a run that changes nothing tries again after an error: the next endpoint may answer. */
const MAX_RETRIES = 3;

/**
 * Makes the cloud agree with VRRP about one address, where that is this node's part. It looks, does one thing about what it
 * sees, and looks again, also after an error that passes and after a call whose answer was lost.
 *
 * @returns what it found and did, and what went wrong: it throws nothing
 */
export async function reconcile<Seen extends Observation>(
  run: Run<keyof Settings>,
  mechanism: MechanismSteps<Seen>,
): Promise<Outcome> {
  const { deadline, host, outcome, purpose } = run;
  const patientUntil = promotionOf(run.notification) === undefined ? 0 : host.clock() + VIP_PATIENCE_MS;
  for (let errors = 0; host.clock() < deadline;) {
    outcome.message = undefined;
    try {
      look(run);
      if (run.vrrp === "BACKUP" && host.clock() < patientUntil) {
        await pause(run, undefined, 20);
        continue;
      }
      const verdict = await step(run, mechanism);
      if (verdict === undefined) continue;
      outcome.verdict = verdict;
      break;
    } catch (error) {
      const trouble = asProblem(error);
      run.session.ownInterface = undefined;
      // What was seen before may have changed.
      if (trouble.code !== "Settings") outcome.holderAfter = "unknown";
      outcome.message = trouble.message;
      const factor = 2 ** Math.min(errors, MAX_DOUBLINGS);
      errors += 1;
      if (!passes(trouble) || (purpose !== "settle" && errors > MAX_RETRIES)) break;
      await pause(run, outcome.message, factor * ERROR_PAUSE_MS * (0.5 + 0.5 * host.random()));
    }
  }
  const { link, word } = run.session;
  const { credentialsExpiry, skewMs } = link;
  const { state: peer } = freshWord({ now: host.clock(), word }, run.settings) || {};
  const told = { ...outcome, peer, credentialsExpiry, skewMs };
  return hearsAdverts() && isYielding(host) ? { ...told, yields: true, message: YIELDS } : told;
}

/** Asks the cloud once, and does what that calls for. */
async function step<Seen extends Observation>(
  run: Run<keyof Settings>,
  mechanism: MechanismSteps<Seen>,
): Promise<Verdict | undefined> {
  const { host, outcome, settings } = run;
  forgetPromotion(run);
  if (settings.roleName === undefined) {
    outcome.message = "not verified: no role";
    return "unverified";
  }
  // Copied from the other node, the settings would have the two of them change places.
  if (!host.hasAddress(settings.privateIp)) throw problem("Settings", `${settings.privateIp} is not this node's`);
  const seen = await mechanism.observe(run);
  outcome.eip = seen.eip;
  outcome.holderAfter = seen.holder;
  outcome.holderBefore = outcome.holderBefore || seen.holder;
  outcome.objection = mechanism.objection(run, seen);
  return run.purpose === "look" ? "idle" : mechanism.act(run, seen);
}

/** An error without a code comes from an answer of an unexpected shape. */
function asProblem(error: unknown): Problem {
  const { code, message } = error as Problem;
  return code ? (error as Problem) : problem("Malformed", `malformed: ${message}`);
}
