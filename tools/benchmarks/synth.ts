// Prints what the stack weighs and how long it takes to synthesize: npm run bench
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pairsOf } from "../../constructs/testing/index";

const ROOT = join(__dirname, "../..");
const RUNS = 5;
const folder = mkdtempSync(join(tmpdir(), "bench-"));

try {
  weigh();
  time("main.ts, without the CLI", () => run("main.ts", { CDKTF_OUTDIR: join(folder, "out") }));
  const [one, , hundred] = [1, 10, 100].map((pairs) =>
    time(`${pairs} pair${pairs > 1 ? "s" : ""} in one app`, () =>
      run("tools/benchmarks/pairs.ts", { PAIRS: String(pairs) }),
    ),
  ) as [number, number, number];
  console.log(`synth of 100 pairs takes ${(hundred / one).toFixed(1)} times as long as of 1 (medians; bound 3.5)`);
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

/** Prints how long something takes, and returns the median of the seconds. */
function time(what: string, sample: () => Sample): number {
  sample();
  const samples = Array.from({ length: RUNS }, sample);
  const seconds = samples.map((each) => each.seconds).sort((a, b) => a - b);
  const megabytes = Math.max(...samples.map((each) => each.megabytes));
  const [min, median, max] = [0, (RUNS - 1) / 2, RUNS - 1].map((index) => seconds[index] ?? NaN) as [
    number,
    number,
    number,
  ];
  const range = `${min.toFixed(2)}–${max.toFixed(2)} s of ${RUNS} runs`;
  console.log(`synth of ${what}: median ${median.toFixed(2)} s (${range}), ${megabytes} MB at most`);
  return median;
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
