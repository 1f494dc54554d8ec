import { OperatedPair, type OperatedPairOptions } from "../operator/operated-pair.ts";
import { overlaid, type Overlay } from "../operator/overlay.ts";
import type { Change } from "./change.ts";
import { rehearseChange } from "./rehearse-change.ts";
import type { ChangeResult } from "./result.ts";

/**
 * Deploys a pair with the real provider, boots it, and takes it through changes, until there is none left, or the pair is
 * no longer fit for the next one. Runs in namespaces of its own.
 */
export async function rehearseChanges(
  spec: OperatedPairOptions,
  changes: readonly Change[],
  tell: (result: ChangeResult) => void,
  say: (line: string) => void,
): Promise<void> {
  const begun = Date.now();
  await using pair = await OperatedPair.open(spec);
  say(`${spec.mechanism}: the pair is deployed and up after ${((Date.now() - begun) / 1_000).toFixed(0)} s`);
  let kept: Overlay = {};
  for (const change of changes) {
    const result = await rehearseChange(change, spec.mechanism, pair, kept);
    tell(result);
    if (result.problems.length > 0 && !(await isFit(pair, kept))) return;
    kept = keptAfter(change, result, kept);
  }
}

/** What the rows after a change have in their settings: of one that has failed nothing, since the pair goes back. */
export function keptAfter(change: Change, { problems }: Pick<ChangeResult, "problems">, kept: Overlay): Overlay {
  return change.isKept && problems.length === 0 ? overlaid(kept, change.settings ?? {}) : kept;
}

/** Whether a pair that has not passed a change can be brought back to where it was. */
async function isFit(pair: OperatedPair, settings: Overlay): Promise<boolean> {
  try {
    await pair.settle(settings);
    return (await pair.pair("status")).status === 0;
  } catch {
    return false;
  }
}
