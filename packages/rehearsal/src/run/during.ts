import { type Awaited } from "../machine/wait.ts";
import type { Expectation, Scene } from "../faults/fault.ts";
import type { Role, Via } from "../report/run-record.ts";

/** Answers of the last so many ms are the present state of things. */
const RECENT_MS = 300;

/**
 * Who answers the client now, through all of these ways; undefined where one is not answered, or by both nodes.
 *
 * @param begun what was asked before says nothing: a node may have answered it that is down since
 */
function servingNow({ lab }: Scene, ways: readonly Via[], begun: number): string | undefined {
  const since = Math.max(begun, Date.now() - RECENT_MS);
  const answering = ways.map((via) => lab.client.answering(via, since));
  const all = new Set(answering.flat());
  return all.size === 1 && answering.every((nodes) => nodes.length === 1) ? [...all][0] : undefined;
}

/**
 * What is expected while a fault lasts, seen by the client.
 *
 * @param ways the ways to the service on which it is expected
 */
export function expectedService(
  scene: Scene,
  expects: Expectation,
  ways: readonly Via[],
  budgetMs: number,
): Awaited<true> {
  const allowed: Record<Expectation, readonly Role[]> = {
    moves: [scene.standby.role],
    stays: [scene.serving.role],
    either: [scene.standby.role, scene.serving.role],
    nobody: [],
  };
  const begun = Date.now();
  return {
    what: `the service by the ${allowed[expects].join(" or the ")} while the fault lasts`,
    budgetMs,
    look: () => {
      if (expects === "nobody") return { found: true };
      const serving = servingNow(scene, ways, begun);
      if (allowed[expects].some((role) => role === serving)) return { found: true };
      return {
        seen: serving === undefined ? `nobody answers through ${ways.join(" and ")}` : `the ${serving} answers`,
      };
    },
  };
}
