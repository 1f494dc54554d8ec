import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { loadPairSettings } from "../../../settings";
import { editedSettings, newcomersCommands, run } from "../../../tools/ci/newcomer";

const ROOT = join(__dirname, "../../..");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

afterEach(() => vi.restoreAllMocks());

test("a newcomer does what README.md says, and what it says for this release of Debian", () => {
  const { prepare, ...commands } = newcomersCommands(readme, "13");
  expect(prepare).toEqual(["apt-get update && apt-get install --yes --no-install-recommends git npm"]);
  expect(newcomersCommands(readme, "12").prepare).toEqual([
    prepare[0],
    expect.stringMatching(/^npm install --global node@/),
  ]);
  expect(commands).toMatchObject({
    start: expect.stringMatching(/^git clone https:\S+\ncd \S+\nnpm ci && npm start\n$/),
    folder: "cdktf-tencentcloud-keepalived",
    again: "npm start",
    own: "npm start -- --fault node-crashed",
  });
});

test("refuses a README without one of the commands, and names it", () => {
  expect(() => newcomersCommands("# Empty\n```sh\nls\n```\n", "13")).toThrow("no block of shell with 'git clone'");
});

test("the edits that a newcomer makes are settings that a pair is made from", () => {
  const folder = mkdtempSync(join(tmpdir(), "newcomer-test-"));
  try {
    const file = join(folder, "pair.yaml");
    writeFileSync(file, editedSettings(readFileSync(join(ROOT, "pair.yaml"), "utf8")));
    expect(loadPairSettings(file)).toMatchObject({ name: "newcomer", region: "ap-guangzhou", vip: "10.0.1.200" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  [["--debain", "13"], "--debain"],
  [["--debian", "11"], "--debian must be 12 or 13, got '11'"],
  [["--patience", "soon"], "--patience must be a number above 0, got 'soon'"],
])("refuses %j with exit status 2", async (argv, message) => {
  const error = vi.spyOn(console, "error").mockReturnValue();
  expect(await run(argv)).toBe(2);
  expect(error.mock.calls.join()).toContain(message);
});

test("refuses whoever is not root, before anything is installed", async () => {
  vi.spyOn(process, "getuid").mockReturnValue(1000);
  const error = vi.spyOn(console, "error").mockReturnValue();
  expect(await run(["--debian", "13"])).toBe(2);
  expect(error.mock.calls.join()).toContain("must run as root");
});
