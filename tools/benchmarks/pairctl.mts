// Prints how long the built pairctl takes to move an address, beside the same job written with the cloud's SDK:
// npm run bench:pairctl, as root
import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { PAIRCTL, inNamespaces, MasterNode, type Run } from "../../packages/pairctl/test/support/master-node.ts";

const RUNS = 15;
const LATENCY_MS = 50;
const ROOT = join(import.meta.dirname, "../..");
/** Inside the checkout, where Node.js finds the SDK. */
const WITH_SDK = join(ROOT, "node_modules/.cache/pairctl-with-sdk.cjs");

async function compare(): Promise<void> {
  buildSync({
    entryPoints: [join(ROOT, "tools/benchmarks/pairctl-with-sdk.ts")],
    outfile: WITH_SDK,
    format: "cjs",
    platform: "node",
    target: `node${process.versions.node}`,
  });
  await using master = await MasterNode.start();
  const pairctl = [process.execPath, PAIRCTL, "reconcile"] as const;
  const sdk = [process.execPath, WITH_SDK] as const;
  const move = async (command: readonly [string, ...string[]]): Promise<Run> => {
    await master.park();
    const run = await master.promote(command);
    if (run.status !== 0 || master.holder !== "ins-primary0") throw new Error(`not moved: ${run.stdout}`);
    return run;
  };

  const pairs: [pairctl: Run, sdk: Run][] = [];
  for (let run = 0; run <= RUNS; run += 1) pairs.push([await move(pairctl), await move(sdk)]);
  pairs.shift();
  const ms = (index: 0 | 1) => pairs.map((pair) => pair[index].ms);
  console.log(`from notification to verified ownership, ${RUNS} runs side by side, no latency:`);
  console.log(`  pairctl:      ${spread(ms(0))} ms, ${Math.max(...pairs.map(([{ megabytes }]) => megabytes))} MB`);
  console.log(`  with the SDK:  ${spread(ms(1))} ms, ${Math.max(...pairs.map(([, { megabytes }]) => megabytes))} MB`);
  console.log(
    `  the SDK takes: ${spread(
      pairs.map(([a, b]) => b.ms / a.ms),
      1,
    )} times as long`,
  );

  const without = median(ms(0));
  master.cloud.faults.add({ action: "*", count: Infinity, delayMs: LATENCY_MS });
  const late: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    master.cloud.faults.clear();
    await master.park();
    master.cloud.faults.add({ action: "*", count: Infinity, delayMs: LATENCY_MS });
    late.push(((await master.promote(pairctl)).ms - without) / LATENCY_MS);
  }
  console.log(`round trips on the critical path, with ${LATENCY_MS} ms of API latency: ${spread(late, 1)}`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function spread(values: readonly number[], digits = 0): string {
  const figure = (value: number) => value.toFixed(digits);
  return `median ${figure(median(values))} (${figure(Math.min(...values))}–${figure(Math.max(...values))})`;
}

if (inNamespaces(import.meta.filename)) {
  try {
    await compare();
  } finally {
    rmSync(WITH_SDK, { force: true });
  }
}
