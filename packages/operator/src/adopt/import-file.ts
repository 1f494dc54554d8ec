import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the import blocks of a stack are written, beside what cdktf has synthesized. */
export const ADOPT_FILE = "adopt.tf.json";

/** What Terraform is to take into its state. */
export interface Import {
  /** The address of the resource. */
  readonly to: string;
  /** What the provider imports it by. */
  readonly id: string;
}

/** Import blocks as people write them. */
export function importBlock({ to, id }: Import): string {
  return `import {\n  to = ${to}\n  id = ${JSON.stringify(id)}\n}`;
}

/**
 * Writes the import blocks into the folder of a stack.
 *
 * @returns the file
 */
export function writeImports(folder: string, imports: readonly Import[]): string {
  const file = join(folder, ADOPT_FILE);
  writeFileSync(file, `${JSON.stringify({ import: imports }, null, 2)}\n`);
  return file;
}
