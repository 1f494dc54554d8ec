// Bundles the command `pair` into one file, with the licences of what is in it: `npm run build:operator`.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleOperator } from "./bundle.ts";

const target = join(import.meta.dirname, "..", "..", "lib", "operator");
const { code, licences } = await bundleOperator();
mkdirSync(target, { recursive: true });
const program = join(target, "pair.js");
writeFileSync(program, code);
chmodSync(program, 0o755);
writeFileSync(join(target, "LICENCES.txt"), licences);
console.log(`pair: ${code.length} bytes`);
