import { isOurs } from "../node/report.ts";
import { runOn } from "../node/run-on.ts";
import { OperatorError } from "../operator-error.ts";
import type { PairLock } from "../pair/lock.ts";
import { observe } from "../pair/observe.ts";
import type { NodeView, PairView } from "../pair/pair-view.ts";
import { requirePairInPlace, undrainNode, waitUntilFit, waitUntilWell } from "../pair/steps.ts";
import { requireUninterrupted, type WaitContext } from "../pair/wait-until.ts";
import type { NodeFile } from "../user-data/unpack.ts";
import {
  CHECK_TIMEOUT_S,
  checkScript,
  PUT_TIMEOUT_S,
  putScript,
  restoreScript,
  type Turn,
  WIRE_CHANGES,
} from "./scripts.ts";

/** What a node gets. */
export interface Delivery {
  readonly view: NodeView;
  readonly files: readonly NodeFile[];
}

/** What each node lacks of what the stack says, the standby's first. */
export function deliveriesOf(view: PairView): readonly [Delivery, Delivery] {
  const { serving, standby } = requirePairInPlace(view);
  return [deliveryTo(standby), deliveryTo(serving)];
}

function deliveryTo(view: NodeView): Delivery {
  const differing = view.report?.differingFiles ?? [];
  return { view, files: view.node.files.filter((file) => isOurs(file) && differing.includes(file.path)) };
}

/**
 * Tries on each node what it would get, and changes nothing.
 *
 * @returns whether both nodes have to change at once, since they would not hear each other otherwise
 * @throws OperatorError `refused` where a node does not accept it
 */
export async function tryOnNodes({ reach, terminal }: WaitContext, deliveries: readonly Delivery[]): Promise<boolean> {
  const answers = await Promise.all(
    deliveries
      .filter(({ files }) => files.length > 0)
      .map(async ({ view: { node }, files }) => {
        terminal.progress(`trying ${files.length} files on the ${node.role}, beside those in use: no traffic moves`);
        const { exitStatus, output } = await reach.access.run(node, checkScript(files), { timeoutS: CHECK_TIMEOUT_S });
        if (exitStatus === 0) return output.includes(WIRE_CHANGES);
        throw new OperatorError(
          "refused",
          `the ${node.role} does not accept what the stack says, and was not changed: ${output.trim()}`,
        );
      }),
  );
  return answers.includes(true);
}

/**
 * Delivers to both nodes, the standby first; where a node does not become well with it, everything is put back on both. What
 * the standby and the cloud disagree about counts when the other node has got its part as well: nobody has a further address
 * before. Once everything was put back the pair is as it was, and running it again would come to the same: that is a refusal.
 *
 * @param areAtOnce whether the nodes would not hear each other meanwhile: then the standby stops until both have it
 * @throws OperatorError `refused` where it was put back
 */
export async function deliver(
  context: WaitContext,
  [toStandby, toServing]: readonly [Delivery, Delivery],
  areAtOnce: boolean,
  lock: PairLock,
): Promise<void> {
  const { terminal, interruption } = context;
  if (areAtOnce) {
    terminal.progress(
      `the nodes would not hear each other: keepalived stops on the ${toStandby.view.node.role}, the standby, until both have it`,
    );
    await runOn(context.reach.access, toStandby.view.node, "'pairctl drain'", "pairctl drain");
  } else {
    requireUninterrupted(interruption, "before anything was put in place");
  }
  await put(context, toStandby, areAtOnce ? "stopped" : "awaits its peer");
  if (!areAtOnce) {
    await waitUntilWell(context, toStandby.view.node.role);
    requireUninterrupted(interruption, `with the ${toStandby.view.node.role} done and the other node to come`);
  }
  await lock.renew();
  try {
    if (!areAtOnce) requirePairInPlace(await observe(context.reach));
    await put(context, toServing, "serves");
  } catch (error) {
    terminal.progress(`putting the ${toStandby.view.node.role} back as it was`);
    await restore(context, toStandby, areAtOnce);
    if (areAtOnce) await undrainNode(context, toStandby.view);
    throw error;
  }
  if (areAtOnce) await undrainNode(context, toStandby.view);
  try {
    for (const { view } of [toServing, toStandby]) await waitUntilFit(context, view.node.role);
  } catch (error) {
    requireUninterrupted(interruption, "with both nodes done, and one of them not well yet: see 'pair status'");
    terminal.progress("putting both nodes back as they were");
    await restore(context, toServing, false);
    await restore(context, toStandby, false);
    throw new OperatorError("refused", `both nodes have their old files again: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function put({ reach, terminal }: WaitContext, { view: { node }, files }: Delivery, turn: Turn): Promise<void> {
  if (files.length === 0) return;
  const paths = files.map(({ path }) => path);
  terminal.progress(`the ${node.role} gets ${paths.join(", ")}; it is put back where the node does not become well`);
  const { exitStatus, output } = await reach.access.run(node, putScript(paths, turn), { timeoutS: PUT_TIMEOUT_S });
  if (exitStatus === 0) return;
  throw new OperatorError(
    "refused",
    `the ${node.role} did not become well with it, and has its old files again: ${output.trim()}`,
  );
}

async function restore({ reach }: WaitContext, { view: { node }, files }: Delivery, isStopped: boolean): Promise<void> {
  if (files.length === 0) return;
  const script = restoreScript(
    files.map(({ path }) => path),
    isStopped,
  );
  await runOn(reach.access, node, "putting its old files back", script);
}
