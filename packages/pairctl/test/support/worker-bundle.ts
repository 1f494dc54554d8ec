import { build } from "esbuild";

/** A file of the source that a bundle has otherwise. */
export interface Replacement {
  /** The end of its path, which is one of the bundle's. */
  readonly path: string;
  /** What stands there instead, in TypeScript. */
  readonly contents: string;
}

/**
 * The code of a worker in one file. What the test runner makes of the modules is much slower.
 *
 * @throws where esbuild cannot, or a replaced file is not among those that it read
 */
export async function bundleWorker(entryPoint: string, replacements: readonly Replacement[] = []): Promise<string> {
  const replaced = new Set<Replacement>();
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "warning",
    plugins: [
      {
        name: "replacements",
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const found = replacements.find((each) => path.endsWith(each.path));
            if (!found) return undefined;
            replaced.add(found);
            return { contents: found.contents, loader: "ts" };
          });
        },
      },
    ],
  });
  const missing = replacements.find((each) => !replaced.has(each));
  if (missing) throw new Error(`${entryPoint} does not import ${missing.path}, which was to be replaced`);
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild wrote nothing");
  return file.text;
}
