// Bundles pairctl into the one file that goes to the nodes of a mechanism.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "..", "assets", "pairctl");
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));

/**
 * Names of properties that only pairctl's own code reads: not the cloud's, not Node.js's, and none that is written to a
 * file, and no command's name. They are minified like the names of variables.
 */
const INTERNAL = [
  ...["appendFile", "clock", "hasAddress", "isRunning", "readFile", "timeoutMs", "writeFile"],
  ...[
    "hasVip",
    "isListening",
    "notification",
    "notificationLog",
    "receiptLog",
    "statePrefix",
    "keepalivedConf",
    "libexec",
  ],
  ...["deadline", "hasHandedOver", "memory", "memoryTrouble", "objection", "outcome", "purpose", "settings"],
  ...["act", "address", "api", "haVipId", "holder", "holderId", "isStronger", "observe", "ownId", "step", "until"],
  ...["service", "shell", "sleep", "timestamp", "line"],
  ...["choices", "example", "items", "kind", "optional", "pattern", "problem", "rows", "unit"],
  ...["conf", "level", "look", "remedy", "unknown", "what"],
];

/** One file for Node.js 10.19. */
async function bundle(define) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", "bundle.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node10.19",
    minify: true,
    mangleProps: new RegExp(`^(${INTERNAL.join("|")})$`),
    legalComments: "none",
    logLevel: "warning",
    tsconfigRaw: {},
    define,
  });
  // What esbuild's minifier leaves is another 4 % of the user data's room.
  const { code } = await minify(outputFiles[0].text, {
    ecma: 2018,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true, pure_getters: true },
  });
  return code;
}

mkdirSync(target, { recursive: true });
// A node gets the bundle of its mechanism only: the other one is never mixed in, and the user data has to be short.
for (const mechanism of ["havip", "secondary-private-ip"]) {
  const define = { __MECHANISM__: JSON.stringify(mechanism) };
  const hash = createHash("sha256")
    .update(await bundle(define))
    .digest("hex")
    .slice(0, 8);
  const code = await bundle({ ...define, __VERSION__: JSON.stringify(`${version} ${hash}`) });
  const file = join(target, `${mechanism}.js`);
  writeFileSync(file, `#!/usr/bin/env node\n${code}`);
  chmodSync(file, 0o755);
  console.log(`pairctl for ${mechanism}: ${version} ${hash}, ${code.length} bytes`);
}
