// Bundles the hook into the one file that goes to the nodes.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "..", "assets", "migration-hook");
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));

/** One file for Node.js 10.19. */
async function bundle(entry, define = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node10.19",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    tsconfigRaw: {},
    define,
  });
  return outputFiles[0].text;
}

const code = await bundle("bundle.ts");
const hash = createHash("sha256").update(code).digest("hex").slice(0, 8);
const stamped = `#!/usr/bin/env node\n${await bundle("bundle.ts", { __VERSION__: JSON.stringify(`${version} ${hash}`) })}`;

mkdirSync(target, { recursive: true });
writeFileSync(join(target, "hook.js"), stamped);
chmodSync(join(target, "hook.js"), 0o755);
console.log(`migration-hook: ${version} ${hash}, ${stamped.length} bytes`);
