import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";

const ROOT = join(import.meta.dirname, "..", "..");

/** What the published packages depend on in any case, and need not carry twice. */
const INSTALLED = ["yaml"];

/** The program, and what its licences ask for. */
export interface OperatorBundle {
  readonly code: string;
  /** The licence of each package that is in the bundle. */
  readonly licences: string;
}

/**
 * Bundles the command for Node.js 20. The cloud's API is called without the vendor's SDK: that is 59 MB to install, and
 * the client that its services share was 39 KB of a package that is 400 KB at most.
 *
 * @throws where a package in the bundle has no licence that could be carried along
 */
export async function bundleOperator(): Promise<OperatorBundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(import.meta.dirname, "src/main.ts")],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: INSTALLED,
    alias: { debug: join(import.meta.dirname, "no-debug.ts") },
    minify: true,
    define: { __VERSION__: JSON.stringify(manifestIn(ROOT).version) },
    banner: { js: "#!/usr/bin/env node" },
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    tsconfigRaw: {},
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("esbuild has written no file");
  // The published package has to be small: what esbuild's minifier leaves is another 2 KB of it.
  const { code } = await minify(file.text, { ecma: 2020, toplevel: true, compress: { passes: 2 } });
  if (code === undefined) throw new Error("terser has written nothing");
  return { code, licences: licencesOf(Object.keys(metafile.inputs)) };
}

function licencesOf(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((input) => packageFolder(input) ?? []));
  return [...folders].sort().map(licenceOf).join("\n\n");
}

/** The folder of the package that a file belongs to; undefined for our own. */
function packageFolder(path: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.split(sep).join("/"))?.[1];
}

function licenceOf(folder: string): string {
  const path = join(ROOT, folder);
  const { name, version, license } = manifestIn(path);
  const file = readdirSync(path).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? "" : readFileSync(join(path, file), "utf8").trim();
  if (license === undefined && text === "") throw new Error(`${name} ${version} has no licence: leave it out`);
  return `${name} ${version} (${license ?? "see below"})\n\n${text}`.trim();
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}
