import { command } from "../cli/command.ts";
import { withLock } from "../pair/lock.ts";
import { observe } from "../pair/observe.ts";
import { openPair, PAIR_OPTIONS } from "../pair/open-pair.ts";
import type { NodeView, PairView } from "../pair/pair-view.ts";
import { parseProbeTarget, type Probe, type ProbeResult, startProbe } from "../pair/probe.ts";
import { drainNode, requireFitPair, undrainNode } from "../pair/steps.ts";
import { requireUninterrupted, type WaitContext } from "../pair/wait-until.ts";

/** A move of the service from one node to the other, as it went. */
interface Move {
  readonly from: NodeView["node"]["role"];
  readonly to: NodeView["node"]["role"];
  /** From the order to stop until the other node was seen to serve, in ms: no shorter than the outage. */
  readonly seenAfterMs: number;
  /** What the client of `--probe` has seen meanwhile. */
  readonly probe: ProbeResult | undefined;
}

/** `pair drill` */
export const drill = command({
  name: "drill",
  summary: "fail over in order, and measure it",
  description: `Drains the node that serves, waits until the other one serves, and brings the first one back as the standby.
Traffic has the outage of a graceful switch, once; with --back a second time. Refused where the standby could not take
over. Interrupted, it brings the drained node back before it ends.`,
  options: {
    ...PAIR_OPTIONS,
    back: { kind: "flag", description: "then back again, so that the pair is as it was" },
    probe: {
      kind: "text",
      value: "HOST:PORT",
      description: "connect there all the while, and tell the longest time without a connection",
    },
  },
  examples: [
    { line: "pair drill", purpose: "the other node serves from now on" },
    { line: "pair drill --back --probe 203.0.113.7:443", purpose: "there and back, seen by a client of the service" },
  ],
  run: async (invocation) => {
    const { terminal, options, interruption, clock } = invocation;
    const target = options.probe === undefined ? undefined : parseProbeTarget(options.probe);
    const reach = await openPair(invocation);
    // A move that has begun is brought to its end.
    const context: WaitContext = { reach, terminal, interruption: new AbortController().signal, clock };
    return withLock(reach, "pair drill", async () => {
      const probe = target && startProbe(target);
      try {
        const moves = [await move(context, await observe(reach), probe)];
        requireUninterrupted(interruption, "after the first move; the pair is well");
        if (options.back) moves.push(await move(context, await observe(reach), probe));
        if (options.json) terminal.log(JSON.stringify(moves, null, 2));
        else for (const each of moves) terminal.log(moveLine(each));
        return "well";
      } finally {
        await probe?.stop();
      }
    });
  },
});

/** One move, after which the node that served is the standby. */
async function move(context: WaitContext, view: PairView, probe: Probe | undefined): Promise<Move> {
  const { serving, standby } = requireFitPair(view);
  const [from, to] = [serving.node.role, standby.node.role];
  context.terminal.progress(`stopping keepalived on the ${from}: the ${to} takes over`);
  probe?.reset();
  const begun = performance.now();
  await drainNode(context, serving);
  const seenAfterMs = Math.round(performance.now() - begun);
  context.terminal.progress(`the ${to} serves; bringing the ${from} back as the standby: no traffic moves`);
  await undrainNode(context, serving);
  return { from, to, seenAfterMs, probe: probe?.result() };
}

function moveLine({ from, to, seenAfterMs, probe }: Move): string {
  const seen = `${from} → ${to}: the ${to} was seen to serve ${(seenAfterMs / 1_000).toFixed(1)} s after the order`;
  if (probe === undefined) return `${seen}; --probe measures the outage`;
  return `${seen}; a client had no connection for ${probe.longestGapMs} ms, ${probe.failures} of ${probe.attempts} failed`;
}
