import { type Awaited } from "../machine/wait.ts";
import type { Expectation, Scene } from "../faults/fault.ts";
import type { Role } from "../report/run-record.ts";

/** Answers of the last so many ms are the present state of things. */
const RECENT_MS = 300;

/** Who answers the client now, through every address; undefined where some address is not answered or by both. */
function servingNow({ lab }: Scene): string | undefined {
  const since = Date.now() - RECENT_MS;
  const answering = [...lab.client.addresses.keys()].map((via) => lab.client.answering(via, since));
  const all = new Set(answering.flat());
  return all.size === 1 && answering.every((nodes) => nodes.length === 1) ? [...all][0] : undefined;
}

/** What is expected while a fault lasts, seen by the client. */
export function expectedService(scene: Scene, expects: Expectation, budgetMs: number): Awaited<true> {
  const allowed: Record<Expectation, readonly Role[]> = {
    moves: [scene.standby.role],
    stays: [scene.serving.role],
    either: [scene.standby.role, scene.serving.role],
    nobody: [],
  };
  return {
    what: `the service by the ${allowed[expects].join(" or the ")} while the fault lasts`,
    budgetMs,
    look: () => {
      if (expects === "nobody") return { found: true };
      const serving = servingNow(scene);
      if (allowed[expects].some((role) => role === serving)) return { found: true };
      return { seen: serving === undefined ? "nobody answers through every address" : `the ${serving} answers` };
    },
  };
}
