import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { eachMapping, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPackage } from "../../../tools/package/build";
import { FLAVOURS } from "../../../tools/package/flavours";
import { specifiersOf } from "../../../tools/package/specifiers";

const ROOT = join(__dirname, "../../..");

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

describe.each(FLAVOURS)("the package $name", (flavour) => {
  const into = mkdtempSync(join(tmpdir(), "packages-"));
  let folder = "";
  let packed: Packed = { size: 0, files: [] };
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const paths = () => packed.files.map(({ path }) => path);

  beforeAll(() => {
    folder = buildPackage(flavour, into);
    [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: folder, encoding: "utf8" }));
    installDeclared(folder, into);
  });
  afterAll(() => rmSync(into, { recursive: true }));

  test("is at most 400 KB, and holds what a user needs and no leftovers of the build", () => {
    expect(packed.size).toBeLessThanOrEqual(400_000);
    expect(paths()).toEqual(
      expect.arrayContaining(["README.md", "CHANGELOG.md", "LICENSE", "docs/node-command.md", "monitoring/alerts.yml"]),
    );
    const kinds =
      /^((package|pair\.schema)\.json|LICENSE|(README|CHANGELOG)\.md|docs\/[\w-]+\.md|(?:assets|monitoring)\/[\w./-]+|lib\/operator\/LICENCES\.txt|lib\/[\w./-]+\.(js|mjs|d\.ts|d\.mts|(js|mjs)\.map))$/;
    expect(paths().filter((path) => !kinds.test(path))).toEqual([]);
    const sourceOf = (path: string) => path.replace(/^lib\//, "").replace(/(\.d)?\.(m?)[jt]s(\.map)?$/, ".$2ts");
    const stale = paths().filter(
      (path) => /^lib\/(constructs|packages)\//.test(path) && !existsSync(join(ROOT, sourceOf(path))),
    );
    expect(stale).toEqual([]);
  });

  test("runs nothing where it is installed, and says where it comes from", () => {
    const manifest = JSON.parse(read("package.json"));
    expect(manifest).not.toHaveProperty("scripts");
    expect(manifest).toMatchObject({
      name: flavour.name,
      peerDependencies: { [flavour.core]: flavour.range },
      bugs: { url: expect.stringMatching(/^https:\/\/.+\/issues$/) },
      repository: { type: "git", url: expect.stringMatching(/^git\+https:\/\/.+\.git$/) },
    });
    expect(manifest.keywords).toEqual(expect.arrayContaining([flavour.core, "keepalived", "tencentcloud"]));
  });

  test("imports only its own files, what it declares, and Node.js's modules", () => {
    const { dependencies, peerDependencies } = JSON.parse(read("package.json"));
    // jest brings its types itself.
    const known = [...Object.keys({ ...dependencies, ...peerDependencies }), "expect"];
    const code = paths().filter((path) => /^lib\/.*\.m?[jt]s$/.test(path));
    const imported = code.flatMap((path) =>
      specifiersOf(read(path)).map((specifier) => ({ path, specifier, target: join(dirname(path), specifier) })),
    );
    expect(imported.length).toBeGreaterThan(100);
    const unknown = imported.filter(({ path, specifier, target }) => {
      if (!specifier.startsWith(".")) {
        return !known.includes(specifier.split("/")[0] as string) && !isBuiltin(specifier);
      }
      const declared = target.replace(/\.(m?)js$/, ".d.$1ts");
      const candidates = /\.d\.m?ts$/.test(path) ? [declared, `${target}.d.ts`] : [target, `${target}.js`];
      return !candidates.some((candidate) => existsSync(join(folder, candidate)));
    });
    expect(unknown).toEqual([]);
  });

  test("has source maps that show the source, which is not in it", () => {
    const maps = paths().filter((path) => path.endsWith(".map"));
    expect(maps.length).toBeGreaterThan(30);
    for (const path of maps) expect(JSON.parse(read(path)).sourcesContent?.[0], path).toEqual(expect.any(String));
  });

  test("has source maps that lead to the same lines as those of the compiler", () => {
    const mappings = paths()
      .filter((path) => path.endsWith(".map"))
      .flatMap((path) => {
        const packedMap = new TraceMap(read(path));
        return mappingsOf(readFileSync(join(ROOT, path), "utf8")).map(({ line, column, originalLine }) => ({
          ...{ path, line, column, originalLine },
          packedLine: originalPositionFor(packedMap, { line, column }).line,
        }));
      });
    expect(mappings.length).toBeGreaterThan(10_000);
    expect(mappings.filter(({ originalLine, packedLine }) => packedLine !== originalLine)).toEqual([]);
  });

  test("names the line of the source in a stack trace of Node.js", () => {
    const code = `require(${JSON.stringify(join(folder, "lib/constructs/assets.js"))}).readAsset("no-such-file")`;
    const { stderr } = spawnSync(process.execPath, ["--enable-source-maps", "-e", code], { encoding: "utf8" });
    const source = readFileSync(join(ROOT, "constructs/assets.ts"), "utf8").split("\n");
    const line = source.findIndex((each) => each.includes("throw new Error(`assets/")) + 1;
    expect(line).toBeGreaterThan(0);
    expect(stderr).toMatch(new RegExp(`at .*readAsset \\(.*/constructs/assets\\.ts:${line}:\\d+\\)`));
  });

  test("has pages whose links lead to files of the package, or of the repository", () => {
    const { repository } = JSON.parse(read("package.json"));
    const url = repository.url.replace(/^git\+|\.git$/g, "");
    const pages = paths().filter((path) => path.endsWith(".md"));
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => ({ page, target })),
    );
    expect(links.length).toBeGreaterThan(20);
    const dead = links.filter(({ page, target }) => {
      if (target.startsWith(`${url}/`)) {
        const [, path = ""] = /^\/(?:blob|tree)\/v[\d.]+\/([^#]+)/.exec(target.slice(url.length)) ?? [];
        return !existsSync(join(ROOT, path));
      }
      if (/^https:/.test(target)) return false;
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      return !existsSync(join(folder, file)) || (anchor !== undefined && !anchorsOf(read(file)).includes(anchor));
    });
    expect(dead).toEqual([]);
  });

  test("has the operator's command, which runs without anything beside it but what is declared", () => {
    expect(JSON.parse(read("package.json")).bin).toEqual({ pair: "lib/operator/pair.js" });
    const help = execFileSync(process.execPath, [join(folder, "lib/operator/pair.js"), "--help"], { encoding: "utf8" });
    expect(help).toContain("usage: pair COMMAND [options]");
  });

  test("has a README that names this package and its library in its program", () => {
    const readme = read("README.md");
    expect(readme).toContain(`npm install ${flavour.name} ${flavour.core} constructs`);
    expect(readme).toContain(`import { App, TerraformStack } from "${flavour.core}";`);
    expect(readme).not.toContain("{{");
  });
});

/** Each place of a compiled file that leads to a line of the source. */
function mappingsOf(map: string) {
  const mappings: { line: number; column: number; originalLine: number }[] = [];
  eachMapping(new TraceMap(map), ({ generatedLine: line, generatedColumn: column, originalLine }) => {
    if (originalLine !== null) mappings.push({ line, column, originalLine });
  });
  return mappings;
}

/** Lets a package find what it declares, as an installation would, and nothing else of this repository. */
function installDeclared(folder: string, into: string): void {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    const link = join(into, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), link);
  }
}

/** The anchors that a page's headings have on GitHub and npm. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
