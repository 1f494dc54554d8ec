// Prints what the stack weighs and how long it takes to synthesize: npm run bench
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pairsOf } from "../../constructs/testing/index";
import { runsOr } from "./runs.ts";

const ROOT = join(__dirname, "../..");
const RUNS = runsOr(7);
const folder = mkdtempSync(join(tmpdir(), "bench-"));

try {
  weigh();
  time("main.ts, without the CLI", () => run("main.ts", { CDKTF_OUTDIR: join(folder, "out") }));
  time("10 pairs in one app", () => synthPairs(10));
  compare();
} finally {
  rmSync(folder, { recursive: true });
}

function weigh(): void {
  for (const mechanism of ["havip", "secondary-private-ip"]) {
    const { size } = statSync(join(ROOT, `assets/pairctl/${mechanism}.js`));
    console.log(`pairctl bundle, ${mechanism}: ${size} bytes`);
  }
  for (const mechanism of ["havip", "secondary-private-ip"]) {
    const settings = join(folder, `${mechanism}.yaml`);
    const shipped = readFileSync(join(ROOT, "pair.yaml"), "utf8");
    writeFileSync(settings, shipped.replace(/^mechanism: .*$/m, `mechanism: ${mechanism}`));
    run("main.ts", { PAIR_SETTINGS: settings, CDKTF_OUTDIR: join(folder, mechanism) });
    const [stack] = readdirSync(join(folder, mechanism, "stacks"));
    const synthesized = readFileSync(join(folder, mechanism, "stacks", String(stack), "cdk.tf.json"), "utf8");
    const sizes = pairsOf(synthesized)
      .flatMap(({ primary, secondary }) => [primary, secondary])
      .map(({ userData }) => userData.characters);
    console.log(`user data, ${mechanism}: ${Math.max(...sizes)} of 16384 characters`);
  }
}

interface Sample {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Prints how long something takes. */
function time(what: string, sample: () => Sample): void {
  sample();
  report(what, Array.from({ length: RUNS }, sample));
}

/** Times one pair and a hundred in turn, as a machine's speed changes from minute to minute, and prints their ratio. */
function compare(): void {
  const both = Array.from({ length: RUNS }, () => ({ one: synthPairs(1), hundred: synthPairs(100) }));
  report(
    "1 pair in one app",
    both.map(({ one }) => one),
  );
  report(
    "100 pairs in one app",
    both.map(({ hundred }) => hundred),
  );
  const { min, median, max } = spread(both.map(({ one, hundred }) => hundred.seconds / one.seconds));
  const range = `${min.toFixed(1)}–${max.toFixed(1)} of ${RUNS} runs side by side`;
  console.log(`synth of 100 pairs takes ${median.toFixed(1)} times as long as of 1 (median; ${range}; bound 3.5)`);
}

function report(what: string, samples: readonly Sample[]): void {
  const megabytes = Math.max(...samples.map((each) => each.megabytes));
  const { min, median, max } = spread(samples.map((each) => each.seconds));
  const range = `${min.toFixed(2)}–${max.toFixed(2)} s of ${RUNS} runs`;
  console.log(`synth of ${what}: median ${median.toFixed(2)} s (${range}), ${megabytes} MB at most`);
}

function spread(values: readonly number[]): { min: number; median: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? NaN;
  return { min: at(0), median: at(Math.floor((sorted.length - 1) / 2)), max: at(sorted.length - 1) };
}

function synthPairs(pairs: number): Sample {
  return run("tools/benchmarks/pairs.ts", { PAIRS: String(pairs) });
}

/** Runs a program of ours as a whole process; it says itself how much memory it took. */
function run(program: string, env: Record<string, string>): Sample {
  const started = performance.now();
  const reportMemory = "process.on('exit',()=>process.stderr.write('RSS '+process.resourceUsage().maxRSS))";
  const imports = ["--import", "tsx", "--import", `data:text/javascript,${encodeURIComponent(reportMemory)}`];
  const { status, stderr } = spawnSync(process.execPath, [...imports, program], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  const kilobytes = Number(/RSS (\d+)$/.exec(stderr)?.[1]);
  return { seconds: (performance.now() - started) / 1000, megabytes: Math.round(kilobytes / 1024) };
}
