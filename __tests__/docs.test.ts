import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { HealthCheck } from "../constructs";
import { SETUP_PATHS } from "../constructs/contract";
import { anchorsOf, linksOf, proseOf } from "../tools/docs/markdown.ts";
import { allPages, readPage } from "../tools/docs/pages.ts";
import { configOf, synthPair } from "./helpers/pair";

const ROOT = join(__dirname, "..");
const PAGES = allPages();

describe.each(PAGES)("%s", (page) => {
  const text = readFileSync(join(ROOT, page), "utf8");

  test("names only commands of npm that there are", () => {
    const named = [...text.matchAll(/npm run ([a-z][\w:-]*)(?: -w (\S+?))?(?=[\s`,;.)|]|$)/gm)];
    const missing = named.flatMap(([command, script = "", workspace]) =>
      script in scriptsOf(workspace) ? [] : [command],
    );
    expect(missing).toEqual([]);
  });

  test("links only to files and headings that there are", () => {
    const targets = linksOf(text).map(({ target }) => target);
    expect(targets.filter((target) => !/^(?:[a-z]+:|\{\{)/.test(target) && !leadsSomewhere(page, target))).toEqual([]);
  });

  test("has no HTML but comments, which GitHub and the site would show in different ways", () => {
    const prose = proseOf(text).replace(/<!--[^]*?-->/g, "");
    expect(prose.match(/<\/?[a-z][^>]*>/g) ?? []).toEqual([]);
  });
});

describe("the tree in docs/architecture.md", () => {
  const text = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  const [, tree = ""] = /## The tree\n([^]*?)\n## /.exec(text) ?? [];
  const paths = [...tree.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path),
  );

  test("has only what there is", () => {
    expect(paths.length).toBeGreaterThan(20);
    const missing = paths.filter((path) => !path.includes("*") && !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  test("has every package, and every folder of pairctl's source", () => {
    const folders = ["packages", "packages/pairctl/src"].flatMap((parent) =>
      readdirSync(join(ROOT, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${parent}/${name}/`),
    );
    expect(folders.filter((folder) => !paths.includes(folder))).toEqual([]);
  });
});

test("docs/architecture.md lists what a node gets, in the order of the user data", () => {
  const text = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  const [, section = ""] = /## What a node gets\n([^]*?)\n## /.exec(text) ?? [];
  const rows = [...section.matchAll(/^\| `(\/[^`]+)` \| ([^|]+) \|/gm)];
  const listed = rows.map(([, path = ""]) => path);
  const healthChecks = [HealthCheck.http("http://127.0.0.1/")];
  const pairs = [
    synthPair({ healthChecks, notifyCommands: ["logger $1"], deadlineMs: 60_000 }),
    synthPair({ healthChecks, peerWord: true }),
  ];
  const written = pairs.map((pair) => [SETUP_PATHS.keepalivedGate, ...Object.keys(configOf(pair, "Primary").files)]);
  for (const paths of written) expect(listed.filter((path) => paths.includes(path))).toEqual(paths);
  expect(listed.filter((path) => !written.flat().includes(path))).toEqual([]);
  const sources = rows.flatMap(([, , source = ""]) => source.match(/(?:assets|constructs|packages)\/[\w./-]*/g) ?? []);
  expect(sources.length).toBeGreaterThanOrEqual(rows.length);
  expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
});

test("packages/rehearsal/README.md has every folder of the rehearsal's source", () => {
  const text = readFileSync(join(ROOT, "packages/rehearsal/README.md"), "utf8");
  const folders = readdirSync(join(ROOT, "packages/rehearsal/src"), { withFileTypes: true });
  const missing = folders.filter((entry) => entry.isDirectory() && !text.includes(`| \`src/${entry.name}/\` |`));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

/** Whether a link of a page leads to a file and, where it names one, to a heading of it. */
function leadsSomewhere(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  // What the template of the packages' README links to lies beside the README itself.
  const folder = page === "tools/package/README.md" ? "" : dirname(page);
  const file = path === "" ? page : join(folder, path);
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || !file.endsWith(".md") || anchorsOf(readPage(file)).includes(anchor);
}

function scriptsOf(workspace: string | undefined): Readonly<Record<string, string>> {
  const files = readdirSync(join(ROOT, "packages")).map((name) => join(ROOT, "packages", name, "package.json"));
  const file =
    workspace === undefined
      ? join(ROOT, "package.json")
      : files.find((each) => existsSync(each) && read(each).name === workspace);
  return file === undefined ? {} : read(file).scripts;
}

function read(file: string): { readonly name: string; readonly scripts: Readonly<Record<string, string>> } {
  return { scripts: {}, ...JSON.parse(readFileSync(file, "utf8")) };
}
