import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const PATH = `${process.env["PATH"]}:/usr/sbin:/sbin`;

/**
 * What this machine lacks to run a script in namespaces of its own; which is said, once for each file of tests.
 *
 * @param who for whom it is missing @param commands what the script calls beside `ip`
 */
export function missingForNamespaces(who: string, ...commands: readonly (readonly [string, ...string[]])[]): boolean {
  const wanted = [["unshare", "--user", "--map-root-user", "--net", "true"], ["ip", "-V"], ...commands];
  const missing = wanted.filter(([command = "", ...args]) => spawnSync(command, args, { env: { PATH } }).status !== 0);
  if (missing.length > 0) {
    console.log(`not run: '${missing.map((each) => each.join(" ")).join("', '")}' does not work: ${who}`);
  }
  return missing.length > 0;
}

/** A module of the rehearsal, as a script imports it. */
export const moduleOf = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../src/${path}`, import.meta.url)));

/** Whether this process is root, so that a script in namespaces may be it, too. */
export const IS_ROOT = process.getuid?.() === 0;

/**
 * Runs a script, a module of JavaScript, as root of namespaces of its own, which end with it, and an empty /run.
 *
 * @param isRealRoot whether it has to be this machine's root: what drops its rights by itself, as tcpdump does, cannot in a
 * namespace of users. @default false
 */
export async function inNamespaces(
  script: string,
  isRealRoot = false,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  // Outside node_modules Node.js says of what packages do that it is deprecated.
  const node = [process.execPath, "--no-deprecation", "--input-type=module", "-"];
  const mounted = ["sh", "-c", 'mount -t tmpfs none /run && mkdir /run/netns && exec "$@"', "sh", ...node];
  const users = isRealRoot ? [] : ["--user", "--map-root-user"];
  const namespaces = [...users, "--net", "--mount", "--pid", "--fork", "--kill-child"];
  const { status, stdout, stderr } = spawnSync("unshare", [...namespaces, "--mount-proc", ...mounted], {
    encoding: "utf8",
    env: { ...process.env, PATH },
    input: await bundled(script),
  });
  return { status, stdout, stderr };
}

/** A script with the modules that it imports, in one text: to compile each when it is loaded takes a second. */
async function bundled(script: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    // Packages of CommonJS in the bundle ask for Node.js' own modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
    logLevel: "warning",
    plugins: [OWN_PLACES],
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("esbuild wrote nothing");
  return file.text;
}

/** Leaves each module of ours where it is, since it finds its files by that. */
const OWN_PLACES: Plugin = {
  name: "own places",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/packages\/[^/]+\/src\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)));
      return { contents, loader: "ts" };
    }),
};
