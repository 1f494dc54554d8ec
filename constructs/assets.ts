import { readFileSync } from "node:fs";
import { join } from "node:path";

const ASSETS = join(__dirname, "..", "assets");

/**
 * A file that goes to the nodes as it is, by absolute path: a consumer's working directory does not matter.
 *
 * @throws where the file is missing, which is so for the built hook before the first build
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
