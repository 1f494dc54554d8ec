// Copies programs of the repository as a user of a package writes them: `tsx tools/package/example.ts cdktn FOLDER FILE…`
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { FLAVOURS } from "./flavours";
import { exampleFor } from "./pages";

const [core = "", folder = "", ...files] = process.argv.slice(2);
const flavour = FLAVOURS.find((each) => each.core === core);
if (flavour === undefined) {
  console.error(
    `'${core}' must be one of ${FLAVOURS.map((each) => each.core).join(", ")}: tsx tools/package/example.ts cdktn FOLDER FILE…`,
  );
  process.exit(2);
}
for (const file of files) writeFileSync(join(folder, basename(file)), exampleFor(readFileSync(file, "utf8"), flavour));
