// Prints how long the built pairctl takes to move an address, resident and as a single run, beside the same job written with
// the cloud's SDK, and what the resident agent takes while nothing happens: npm run bench:pairctl, as root
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";
import {
  API_HOST,
  inNamespaces,
  MasterNode,
  PAIRCTL,
  PAIRCTL_WITH_WORD,
} from "../../packages/pairctl/test/support/master-node.ts";
import { ResidentAgent } from "../../packages/pairctl/test/support/resident-agent.ts";
import { TalkingPeer } from "../../packages/pairctl/test/support/talking-peer.ts";
import { type Certificates, makeCertificates } from "../../packages/rehearsal/src/lab/certificates.ts";
import { runsOr } from "./runs.ts";

const RUNS = runsOr(15);
const LATENCY_MS = 50;
/**
 * How long the idle agents are measured each time, in ms: two looks at the cloud. And when that begins: V8 tidies up once
 * after an agent has started, and is over with it after 15 s.
 */
const IDLE_MS = 10_000;
const WARM_UP_MS = RUNS * 1_000;
const ROOT = join(import.meta.dirname, "../..");
/** Inside the checkout, where Node.js finds the SDK. */
const WITH_SDK = join(ROOT, "node_modules/.cache/pairctl-with-sdk.cjs");

/** Times in ms from the notification. */
interface Move {
  /** Until the first call has arrived at the API. */
  readonly asked: number;
  /** Until the address was on this node in the eyes of the cloud. */
  readonly moved: number;
  /** Until the node has seen that. */
  readonly verified: number;
}

async function compare(certificates: Certificates): Promise<void> {
  buildSync({
    entryPoints: [join(ROOT, "tools/benchmarks/pairctl-with-sdk.ts")],
    outfile: WITH_SDK,
    format: "cjs",
    platform: "node",
    target: `node${process.versions.node}`,
  });
  await using master = await MasterNode.start({ tls: certificates });
  const single = () => moveBy(master, [process.execPath, PAIRCTL, "reconcile"]);
  const sdk = () => moveBy(master, [process.execPath, WITH_SDK]);
  const moves: { agent: Move; single: Move; sdk: Move }[] = [];
  const late: { agent: Move; single: Move }[] = [];
  const loaded: { agent: Move }[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    // One kind after the other: the agent would do the job of the others.
    moves.push({ single: await single(), sdk: await sdk(), agent: await moveByAgent(master) });
    master.cloud.faults.add({ action: "*", count: Infinity, delayMs: LATENCY_MS });
    late.push({ single: await single(), agent: await moveByAgent(master) });
    master.cloud.faults.clear();
    loaded.push({ agent: await underFullLoad(() => moveByAgent(master)) });
  }
  // The first of each has found cold caches.
  moves.shift();
  late.shift();
  loaded.shift();

  console.log(`ms from the notification, ${RUNS} moves side by side over TLS, no latency of the API:`);
  for (const step of ["asked", "moved", "verified"] as const) {
    for (const kind of ["agent", "single", "sdk"] as const) {
      console.log(`  ${step.padEnd(8)} ${kind.padEnd(6)} ${spread(moves.map((move) => move[kind][step]))}`);
    }
  }
  for (const step of ["asked", "moved", "verified"] as const) {
    const ratios = loaded.map((move, run) => move.agent[step] / (moves[run]?.agent[step] ?? NaN));
    const times = spread(loaded.map((move) => move.agent[step]));
    console.log(
      `  ${step.padEnd(8)} agent, under full load of all cores: ${times}, ${spread(ratios, 1)} times as long`,
    );
  }
  for (const kind of ["agent", "single"] as const) {
    const ratios = moves.map((move) => move.sdk.verified / move[kind].verified);
    console.log(`the SDK takes ${spread(ratios, 1)} times as long as pairctl, ${kind}`);
    const trips = late.map((move, run) => (move[kind].moved - (moves[run]?.[kind].moved ?? NaN)) / LATENCY_MS);
    console.log(`round trips of ${LATENCY_MS} ms before the address moves, ${kind}: ${spread(trips, 1)}`);
  }
}

/** A move by a program that a notification starts. */
async function moveBy(master: MasterNode, command: readonly [string, ...string[]]): Promise<Move> {
  await master.park();
  const times = stopwatch(master);
  const run = await master.promote(command);
  if (run.status !== 0 || master.holder !== "ins-primary0") throw new Error(`not moved: ${run.stdout}`);
  return { ...times.stop(), verified: run.ms };
}

/** A move by the agent, which has seen this node as BACKUP before. */
async function moveByAgent(master: MasterNode): Promise<Move> {
  await master.park();
  master.setVip(false);
  master.notify("BACKUP");
  await using agent = new ResidentAgent(master);
  await agent.receipt(agent.receipts.length, ({ vrrp }) => vrrp === "BACKUP");
  const seen = agent.receipts.length;
  master.setVip(true);
  const times = stopwatch(master);
  const started = performance.now();
  master.notify("MASTER");
  await agent.receipt(seen, ({ holderAfter, vrrp }) => vrrp === "MASTER" && holderAfter === "mine");
  const verified = performance.now() - started;
  return { ...times.stop(), verified };
}

/** Does something while a program that never waits runs for each processor. */
async function underFullLoad<Result>(act: () => Promise<Result>): Promise<Result> {
  const busy: ChildProcess[] = [];
  for (let core = 0; core < availableParallelism(); core += 1) {
    busy.push(spawn(process.execPath, ["--eval", "for (;;);"], { stdio: "ignore" }));
  }
  try {
    return await act();
  } finally {
    for (const child of busy) child.kill("SIGKILL");
  }
}

/** Begins to measure when the cloud sees what. */
function stopwatch(master: MasterNode): { stop(): Pick<Move, "asked" | "moved"> } {
  const started = performance.now();
  let asked = NaN;
  let moved = NaN;
  const offs = [
    master.cloud.on("call", ({ ms }) => {
      const arrived = performance.now() - ms - started;
      if (!(asked <= arrived)) asked = arrived;
    }),
    master.cloud.on("holder", () => (moved = performance.now() - started)),
  ];
  return {
    stop() {
      for (const off of offs) off();
      return { asked, moved };
    },
  };
}

/**
 * What the agents of a node take that serves, while nothing happens: one without the peer's word, and one with it, whose peer
 * answers and asks. They run side by side, each with files of its own.
 */
async function idle(certificates: Certificates): Promise<void> {
  await using master = await MasterNode.start({ tls: certificates });
  master.notify("MASTER");
  const root = `${master.root}-with-word`;
  cpSync(master.root, root, { recursive: true });
  try {
    await using _peer = new TalkingPeer(master);
    await using without = new ResidentAgent(master);
    await using withWord = new ResidentAgent({ root }, [process.execPath, PAIRCTL_WITH_WORD]);
    await without.receipt(0, ({ agree }) => agree === "yes");
    await withWord.receipt(0, ({ agree, peer }) => agree === "yes" && peer === "BACKUP");
    await sleep(WARM_UP_MS);
    const agents = { "without the peer's word": without, "with it": withWord };
    const windows: Record<keyof typeof agents, { percent: number; looks: number }>[] = [];
    for (let run = 0; run < RUNS; run += 1) windows.push(await usage(agents, IDLE_MS));
    for (const kind of Object.keys(agents) as (keyof typeof agents)[]) {
      const figures = windows.map((window) => window[kind]);
      const looks = figures.reduce((sum, each) => sum + each.looks, 0);
      console.log(
        `the idle agent ${kind}: ${spread(
          figures.map(({ percent }) => percent),
          2,
        )} % of a core in ${RUNS} times ${IDLE_MS / 1000} s, ` +
          `${looks} looks at the cloud, ${agents[kind].megabytes.toFixed(0)} MB resident`,
      );
    }
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** What agents take of a core within a time, and how often they look at the cloud. */
async function usage<Kind extends string>(
  agents: Readonly<Record<Kind, ResidentAgent>>,
  ms: number,
): Promise<Record<Kind, { percent: number; looks: number }>> {
  const state = () =>
    (Object.keys(agents) as Kind[])
      .map((kind) => [kind, agents[kind]] as const)
      .map(([kind, agent]) => {
        return { kind, at: performance.now(), cpuMs: agent.cpuMs, receipts: agent.receipts.length };
      });
  const before = state();
  await sleep(ms);
  const used = state().map(({ kind, at, cpuMs, receipts }, index) => {
    const begun = before[index] as (typeof before)[number];
    const percent = ((cpuMs - begun.cpuMs) / (at - begun.at)) * 100;
    return [kind, { percent, looks: receipts - begun.receipts }] as const;
  });
  return Object.fromEntries(used) as Record<Kind, { percent: number; looks: number }>;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function spread(values: readonly number[], digits = 0): string {
  const figure = (value: number) => value.toFixed(digits);
  return `median ${figure(median(values))} (${figure(Math.min(...values))}–${figure(Math.max(...values))})`;
}

if (inNamespaces(import.meta.filename)) {
  const folder = mkdtempSync(join(tmpdir(), "benchmark-"));
  try {
    // As in the cloud: pairctl and the SDK call the API over TLS, by an authority that Node.js does not know of itself.
    const certificates = await makeCertificates(folder, [API_HOST]);
    process.env["NODE_EXTRA_CA_CERTS"] = join(folder, "ca.pem");
    await compare(certificates);
    await idle(certificates);
  } finally {
    for (const path of [WITH_SDK, folder]) rmSync(path, { recursive: true, force: true });
  }
}
