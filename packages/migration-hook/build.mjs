// Bundles the hook into the one file that goes to the nodes, and writes its table of actions down for the CAM policy.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "..", "assets", "migration-hook");
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));

/** Names are kept, so that a stack trace on a node can be read. */
async function bundle(entry, options = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node10.19",
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "warning",
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    ...options,
  });
  // Calls of core modules: the bundler shields them from a `this` that none of them looks at.
  return outputFiles[0].text.replace(
    /(\w?)\(0,(import_\w+\.\w+)\)/g,
    (_, before, callee) => `${before}${before && " "}${callee}`,
  );
}

const code = await bundle("bundle.ts");
const hash = createHash("sha256").update(code).digest("hex").slice(0, 8);
const stamped = await bundle("bundle.ts", {
  banner: { js: "#!/usr/bin/env node" },
  define: { __VERSION__: JSON.stringify(`${version} ${hash}`) },
});

const module = { exports: {} };
new Function("module", "exports", await bundle("actions.ts"))(module, module.exports);

mkdirSync(target, { recursive: true });
writeFileSync(join(target, "hook.js"), stamped);
chmodSync(join(target, "hook.js"), 0o755);
writeFileSync(join(target, "actions.json"), `${JSON.stringify(module.exports.camActions(), null, 2)}\n`);
console.log(`migration-hook: ${version} ${hash}, ${stamped.length} bytes`);
