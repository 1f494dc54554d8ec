import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";
import { parseAcceptanceOptions } from "../../packages/acceptance/src/options.ts";
import { parseLocalOptions } from "../../packages/deployment/src/options.ts";
import { fault } from "../../packages/local-cloud/src/commands/fault.ts";
import { serve } from "../../packages/local-cloud/src/commands/serve.ts";
import { LocalCloud } from "../../packages/local-cloud/src/index.ts";
import { parseLine } from "../../packages/operator/src/cli/parse.ts";
import { COMMANDS } from "../../packages/operator/src/commands/index.ts";
import { startNodes } from "../../packages/pairctl/test/support/pair.ts";
import { simulateTimers } from "../../packages/pairctl/test/support/simulated-time.ts";
import { parseRehearsedAcceptance } from "../../packages/rehearsal/src/acceptance/options.ts";
import { parseTrialOptions } from "../../packages/rehearsal/src/assumptions/options.ts";
import { parseOperatorOptions } from "../../packages/rehearsal/src/operator/options.ts";
import { parseOptions } from "../../packages/rehearsal/src/cli/options.ts";
import { parseDetectionOptions } from "../../packages/rehearsal/src/detection/options.ts";
import { loadPairSettings } from "../../settings";
import { main as explainTheSettings } from "../../settings/cli";
import { parseOptions as parseNewcomersOptions } from "../../tools/ci/newcomer";
import { proseOf } from "../../tools/docs/markdown.ts";
import { allPages, readPage, ROOT } from "../../tools/docs/pages.ts";
import { FLAVOURS } from "../../tools/package/flavours";
import { main as showDeployerPolicy } from "../../tools/show-deployer-policy";
import { main as showUserData } from "../../tools/show-user-data";
import { CHECKED_BY, inLanguage, NOT_PARSED, NOT_RUN, SNIPPETS } from "./snippets";

test("each block says its language, and something checks it or it is listed with the reason why nothing does", () => {
  const unchecked = SNIPPETS.filter(({ language, text }) =>
    language === "text" ? !Object.keys(NOT_RUN).some((first) => text.startsWith(first)) : !(language in CHECKED_BY),
  );
  expect(unchecked.map(({ place, language }) => `${place} ${language}`)).toEqual([]);
});

test("the list of what is not run has nothing that is gone", () => {
  const gone = Object.keys(NOT_RUN).filter((first) => !SNIPPETS.some(({ text }) => text.startsWith(first)));
  expect(gone).toEqual([]);
  const commands = shellLines().map(([line]) => line);
  expect(NOT_PARSED.filter(([pattern]) => !commands.some((line) => pattern.test(line)))).toEqual([]);
});

describe("commands", () => {
  test("are parsed by bash", () => {
    for (const { place, text } of inLanguage("sh")) {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
      expect({ place, status, stderr }).toEqual({ place, status: 0, stderr: "" });
    }
  });

  test.each(shellLines())("%s, in %s, is one that can be run so", async (line) => {
    if (NOT_PARSED.some(([pattern]) => pattern.test(line))) return;
    await tryCommand(line);
  });
});

describe("settings", () => {
  const snippets = inLanguage("yaml").filter(
    ({ page }) => !["docs/monitoring.md", "docs/operations.md"].includes(page),
  );

  test.each(snippets.map(({ place, text }) => [place, text]))("of %s are taken in the shipped pair.yaml", (_, text) => {
    const shipped = parse(readPage("pair.yaml")) as Record<string, unknown>;
    const shown = parse(text) as Record<string, unknown>;
    const folder = mkdtempSync(join(tmpdir(), "snippet-"));
    try {
      const file = join(folder, "pair.yaml");
      writeFileSync(file, stringify(merged(shipped, shown)));
      expect(loadPairSettings(file)).toMatchObject(shown);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a receipt", () => {
  beforeEach(simulateTimers);

  test("has the keys that docs/node-command.md shows, as a takeover writes it", async () => {
    const { cloud, primary } = await startNodes("secondary-private-ip");
    try {
      const { receipt } = await primary.notify("MASTER").run();
      const [shown] = inLanguage("json").map(({ text }) => JSON.parse(text.replace("},…]", "}]")) as object);
      const keys = Object.keys(JSON.parse(JSON.stringify(receipt)) as object);
      expect(Object.keys(shown ?? {}).sort()).toEqual(keys.sort());
    } finally {
      await cloud.stop();
    }
  });
});

test("a drop-in of systemd has sections, and keys with values", () => {
  const isDropIn = /^(\[[A-Z]\w+\]\n([A-Z]\w+=.+\n?)+)+$/;
  expect(inLanguage("ini").filter(({ text }) => !isDropIn.test(text))).toEqual([]);
});

/** Each command of the blocks, and of the text, with the page that it is on. */
function shellLines(): [line: string, place: string][] {
  const blocks = inLanguage("sh").flatMap(({ place, text }) =>
    text
      .split(/\n| && | \| /)
      .map((line): [string, string] => [line.replace(/\s+#.*$/, "").trim(), place])
      .filter(([line]) => line !== ""),
  );
  const inText = allPages().flatMap((page) =>
    [...readPage(page).matchAll(/`(npm (?:run [\w:-]+|start|test) -- [^`]+|npx pair [^`]+)`/g)].map(
      ([, line = ""]): [string, string] => [line.replace(/\s+/g, " "), page],
    ),
  );
  return [...blocks, ...inText];
}

/** What the text writes for what the reader fills in. */
const FILLED_IN: Readonly<Record<string, string>> = {
  NAME: "node-crashed",
  "NAME=READING": "migration-from-free-eni=refused",
  N: "12",
  "FILE.html": "report.html",
  "FILE.json": "campaign.json",
  "FILE.xml": "junit.xml",
  OPTIONS: "--list",
};

/** Lets a command's own parser read its options; runs what only prints. */
async function tryCommand(line: string): Promise<void> {
  const command = line.replace(/^(?:[A-Z_]+=\S+ )+/, "");
  const words = Array.from(command.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word);
  const [program, verb, ...rest] = words;
  if (program === "npm" && verb === "install") return expectPackages(rest);
  if (program === "npx" && verb === "pair") return expectOperatorCommand(rest);
  const [script = "", ...behind] = verb === "run" ? rest : words.slice(1);
  const args = behind.slice(behind.indexOf("--") + 1).map((word) => FILLED_IN[word] ?? word);
  expect(program, line).toBe("npm");
  if (!behind.includes("--")) expect(behind, line).toEqual([]);
  else await (PARSERS[script] ?? refuseOptions)(args);
}

const PARSERS: Readonly<Record<string, (args: string[]) => unknown>> = {
  start: parseOptions,
  rehearse: parseOptions,
  newcomer: parseNewcomersOptions,
  "rehearse:detection": parseDetectionOptions,
  "rehearse:assumptions": parseTrialOptions,
  "rehearse:operator": parseOperatorOptions,
  settings: (args) => printed(() => explainTheSettings(args)),
  acceptance: parseAcceptanceOptions,
  "rehearse:acceptance": parseRehearsedAcceptance,
  "deploy:local": (args) => parseLocalOptions(["deploy", ...args]),
  "plan:local": (args) => parseLocalOptions(["plan", ...args]),
  "destroy:local": (args) => parseLocalOptions(["destroy", ...args]),
  "local-cloud": async (args) => expect(await serve([...args, "--help"], QUIET)).toBe(0),
  "fault:local": async (args) => {
    await using cloud = await LocalCloud.start({ region: "ap-singapore", admin: true, log: () => undefined });
    const port = new URL(cloud.apiUrls[0] ?? "").port;
    const here = args.map((word, index) => (args[index - 1] === "--port" ? port : word));
    expect(await fault(here, QUIET)).toBe(0);
    expect(cloud.faults.pending).toHaveLength(args.includes("--help") ? 0 : 1);
  },
  "show:user-data": (args) => printed(() => showUserData(args)),
  "show:deployer-policy": (args) => printed(() => showDeployerPolicy(args)),
  test: expectTestPaths,
  "test:long": expectTestPaths,
};

const QUIET = { log: () => undefined, error: (text: string) => expect.unreachable(text) };

function expectTestPaths(args: readonly string[]): void {
  expect(args.filter((word) => word !== "--coverage" && !existsSync(join(ROOT, word)))).toEqual([]);
}

function refuseOptions(args: readonly string[]): void {
  expect.unreachable(`nothing here can read the options ${args.join(" ")}: add its parser`);
}

function printed(run: () => void): void {
  const log = vi.spyOn(console, "log").mockReturnValue();
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    run();
    expect(log.mock.calls.length + write.mock.calls.length).toBeGreaterThan(0);
  } finally {
    log.mockRestore();
    write.mockRestore();
  }
}

function expectOperatorCommand([name, ...args]: readonly string[]): void {
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) return expect.unreachable(`pair has no command '${name}'`);
  parseLine(command, args);
}

function expectPackages(names: readonly string[]): void {
  const known = ["constructs", "{{package}}", "{{core}}", ...FLAVOURS.flatMap(({ name, core }) => [name, core])];
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
}

/** Settings with others in their place, section by section. */
function merged(one: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  const isSection = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const changed = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    return [key, isSection(before) && isSection(value) ? merged(before, value) : value];
  });
  return { ...one, ...(Object.fromEntries(changed) as Record<string, unknown>) };
}

test("a sequence of faults that is shown is one that can be played", () => {
  const [sequence] = inLanguage("text").filter(({ text }) => text.includes("@primary:"));
  expect(parseOptions(["--sequence", sequence?.text ?? ""]).faults).toHaveLength(1);
});

test("no page has a block without fences, which the checks above would not see", () => {
  const outside = (page: string) => readPage(page).replace(/^( *)```[^]*?^\1```$/gm, "");
  const indented = allPages().filter((page) => /\n\n {4,}\S/.test(outside(page)));
  expect(indented).toEqual([]);
});

test("no page shows a command in a way that the checks above cannot read", () => {
  const shown = allPages().flatMap((page) => proseOf(readPage(page)).match(/^\s*\$ .+$/gm) ?? []);
  expect(shown).toEqual([]);
});
