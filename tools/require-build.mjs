// Ends a command of this checkout with one sentence where what it takes is not there, before it fails for want of it.
// Preloaded (`node --import ./tools/require-build.mjs`) or run before the command.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

/** What only development takes: where dependencies of that kind are left out, it is these that are missing. */
const DEVELOPMENT = ["cdktf/package.json", "cdktf-cli/package.json", "esbuild", "tsx", "typescript"];
/** What `npm run build` makes last of each kind. */
const BUILT = ["packages/provider-tencentcloud/lib/.built-from", "assets/pairctl/secondary-private-ip.js"];

/** @returns what keeps a command from running, and what to do; undefined where nothing does */
function problem(isBuilding) {
  if (DEVELOPMENT.some((name) => !isInstalled(name))) {
    return (
      "the development dependencies of this checkout are not installed, and it cannot be built without them: " +
      "npm ci --include=dev (also with NODE_ENV=production, which leaves them out)"
    );
  }
  if (!isBuilding && BUILT.some((path) => !existsSync(ROOT + path))) {
    return "this checkout is not built, as after npm ci --ignore-scripts: npm run build";
  }
  return undefined;
}

function isInstalled(name) {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

const found = problem(process.argv[2] === "--before-build");
if (found !== undefined) {
  console.error(found);
  process.exit(2);
}
