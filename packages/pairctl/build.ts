// Bundles pairctl into the one file that goes to the nodes of a mechanism.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundlePairctl, executable } from "./bundle.ts";
import { bundleName, MECHANISMS, OPTIONAL_FEATURES } from "./src/contract/index.ts";

const here = import.meta.dirname;
const target = join(here, "..", "..", "assets", "pairctl");
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8")) as { version: string };

mkdirSync(target, { recursive: true });
/** Each choice of the features: all sets of them. */
const choices = OPTIONAL_FEATURES.reduce<(typeof OPTIONAL_FEATURES)[number][][]>(
  (sets, feature) => [...sets, ...sets.map((set) => [...set, feature])],
  [[]],
);
for (const [mechanism, features] of MECHANISMS.flatMap((each) => choices.map((set) => [each, set] as const))) {
  const digest = createHash("sha256")
    .update(await bundlePairctl({ mechanism, features }))
    .digest("hex")
    .slice(0, 8);
  const code = await bundlePairctl({ mechanism, features, version: `${version} ${digest}` });
  const file = join(target, bundleName(mechanism, features));
  writeFileSync(file, executable(code));
  chmodSync(file, 0o755);
  console.log(`pairctl for ${[mechanism, ...features].join(" with ")}: ${version} ${digest}, ${code.length} bytes`);
}
