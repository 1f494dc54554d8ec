import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { pairsOf, readableStack } from "../constructs/testing/index";
import { parseSettings, type Rule, SETTINGS_ROWS, TUNING_ROWS } from "../packages/pairctl/src/contract/index.ts";
import { main } from "../main";
import { synthSettings, type Synthesized } from "./helpers/synth";

const ROOT = join(__dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "main-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The environment of a `cdktf synth` where there is no Terraform on the PATH. */
const around = (settings: string, outdir: string) => ({
  PATH: folder,
  PAIR_SETTINGS: settings,
  CDKTF_OUTDIR: outdir,
});

/** Runs main.ts as `cdktf synth` does, as a process. */
function runMain(settings: string, outdir: string) {
  // Newer versions of Node.js have words about cdktf's own calls.
  const args = ["--no-deprecation", "--import", "tsx", "main.ts"];
  const env = { ...process.env, ...around(settings, outdir) };
  return spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: "utf8" });
}

/** Runs main.ts in the test's own process, and gives what it says. */
function callMain(settings: string, outdir: string) {
  for (const [name, value] of Object.entries(around(settings, outdir))) vi.stubEnv(name, value);
  const stdout = vi.spyOn(console, "log").mockReturnValue();
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const warnings = vi.spyOn(process, "emitWarning").mockReturnValue();
  const errors = [vi.spyOn(console, "error").mockReturnValue(), vi.spyOn(console, "warn").mockReturnValue()];
  try {
    main([]);
    // What is deprecated in a newer Node.js is cdktf's business, and is said once to a process.
    const ours = (call: unknown[]) => call[1] !== "DeprecationWarning";
    const spoken = [stderr, warnings, ...errors].flatMap(({ mock }) =>
      mock.calls.filter(ours).map(([text]) => `${text}`),
    );
    return { status: process.exitCode ?? 0, stdout: stdout.mock.calls.flat(), stderr: spoken };
  } finally {
    process.exitCode = undefined;
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  }
}

/** The shipped settings file, changed. */
function shippedWith(name: string, pattern: RegExp, replacement: string | ((found: string) => string)): string {
  const shipped = readFileSync(join(ROOT, "pair.yaml"), "utf8");
  if (!pattern.test(shipped)) throw new Error(`pair.yaml has no ${pattern}`);
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, shipped.replace(pattern, replacement as string));
  return file;
}

describe.each(["havip", "secondary-private-ip"])("the shipped stack with mechanism %s", (mechanism) => {
  const outdir = join(folder, mechanism);
  const file = join(outdir, "stacks", "web-pair", "cdk.tf.json");
  let run: ReturnType<typeof callMain>;
  let json: string;
  beforeAll(() => {
    run = callMain(shippedWith(mechanism, /^mechanism: .*$/m, `mechanism: ${mechanism}`), outdir);
    json = readFileSync(file, "utf8");
  });

  test("is synthesized without Terraform, and without a word but for where it is", () => {
    expect(run).toEqual({ status: 0, stdout: [file], stderr: [] });
  });

  test("is what it was, resource by resource and file by file", () => {
    const { terraform: _, ...deployed } = JSON.parse(json.replaceAll(ROOT, "<checkout>"));
    expect(readableStack(deployed)).toMatchSnapshot();
  });

  test("leaves room for the user's own in the 16,384 characters of user data that the cloud takes", () => {
    const [pair] = pairsOf(json);
    const { resource } = JSON.parse(json) as Synthesized;
    const instances = Object.values(resource["tencentcloud_instance"] ?? {});
    expect(instances).toHaveLength(2);
    for (const node of [pair?.primary, pair?.secondary]) expect(node?.userData.characters).toBeLessThanOrEqual(15_600);
  });

  test.each(['http: "http://127.0.0.1/healthz"', "tcp: 80"])(
    "has room for the peer's word and a check by %s",
    (check) => {
      const added = `pairctl: { peerWord: true }\nhealthCheck: { ${check} }`;
      const settings = shippedWith("talking", /^mechanism: .*$/m, `mechanism: ${mechanism}\n${added}`);
      const [pair] = pairsOf(JSON.stringify(synthSettings(settings)));
      for (const node of [pair?.primary, pair?.secondary])
        expect(node?.userData.characters).toBeLessThanOrEqual(16_376);
    },
  );
});

test("tells pairctl what the settings say below 'pairctl', as the shipped file shows it in a comment", () => {
  const uncommented = (block: string) => block.replace(/^# /gm, "");
  const file = shippedWith("pairctl", /^# pairctl:\n(?:# {3}.*\n)+/m, uncommented);
  const [pair] = pairsOf(JSON.stringify(synthSettings(file)));
  const settings = pair?.secondary.userData.files["/etc/pairctl/settings.json"]?.content;
  // What the comment shows are the defaults, which a node has by itself, and an example of what has none.
  expect(Object.keys(JSON.parse(settings ?? "{}"))).not.toContain("settleMs");
  const told = Object.entries<Rule<unknown>>(TUNING_ROWS).filter(([key]) => key in SETTINGS_ROWS);
  expect(parseSettings(settings)).toMatchObject(
    Object.fromEntries(told.map(([key, row]) => [key, row.default ?? row.example])),
  );
  const other = shippedWith("other-pairctl", /^# pairctl:\n(?:# {3}.*\n)+/m, (block) =>
    uncommented(block).replace("settleMs: 25", "settleMs: 26"),
  );
  const [changed] = pairsOf(JSON.stringify(synthSettings(other)));
  const toldNow = changed?.secondary.userData.files["/etc/pairctl/settings.json"]?.content;
  expect(parseSettings(toldNow)).toMatchObject({ settleMs: 26, deadlineMs: 10_000 });
});

test("refuses a wrong value with one line that names the key, the value and the remedy, exit status 1, and nothing written", () => {
  const file = shippedWith("wrong", /^vip: 10\.0\.1\.100$/m, "vip: 10.0.2.100");
  const outdir = join(folder, "nothing");
  const { status, stderr } = runMain(file, outdir);
  expect(existsSync(outdir)).toBe(false);
  expect(stderr).toBe(
    `${file} cannot be used:\n  line 31: 'vip' must be a free address of the subnet, but lies outside the subnet 10.0.1.0/24, got "10.0.2.100": ` +
      "choose another address of 10.0.1.0/24\n",
  );
  expect(status).toBe(1);
});
