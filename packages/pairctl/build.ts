// Bundles pairctl into the one file that goes to the nodes of a mechanism.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundlePairctl, executable } from "./bundle.ts";
import { MECHANISMS } from "./src/contract/index.ts";

const here = import.meta.dirname;
const target = join(here, "..", "..", "assets", "pairctl");
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8")) as { version: string };

mkdirSync(target, { recursive: true });
for (const mechanism of MECHANISMS) {
  const digest = createHash("sha256")
    .update(await bundlePairctl({ mechanism }))
    .digest("hex")
    .slice(0, 8);
  const code = await bundlePairctl({ mechanism, version: `${version} ${digest}` });
  const file = join(target, `${mechanism}.js`);
  writeFileSync(file, executable(code));
  chmodSync(file, 0o755);
  console.log(`pairctl for ${mechanism}: ${version} ${digest}, ${code.length} bytes`);
}
