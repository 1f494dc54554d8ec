import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The package's own folder: the nearest one above that has a package.json, from the source as well as from `lib/`. */
function packageFolder(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : packageFolder(dirname(folder));
}

const ASSETS = join(packageFolder(__dirname), "assets");

/**
 * The text of a file of `assets/`, by absolute path: a consumer's working directory does not matter.
 *
 * @throws where the file is missing, which is so for the built pairctl before the first build
 */
export function readAsset(name: string): string {
  try {
    return readFileSync(join(ASSETS, name), "utf8");
  } catch (error) {
    throw new Error(`assets/${name} cannot be read (${(error as Error).message}): build it with 'npm run build'`, {
      cause: error,
    });
  }
}
