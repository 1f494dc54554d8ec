// Builds the documentation site into dist/site: npm run docs
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkLinks } from "./check-links.ts";
import { SITE, STAGE, stagePages } from "./stage.ts";
import { withContractComments } from "./api-pages.ts";
import { ROOT } from "../pages.ts";

/** The built site. */
export const BUILT = join(ROOT, "dist/site");

/** Builds the site. @throws where a program fails, or a link leads nowhere */
export function buildSite(): void {
  install();
  stagePages();
  run("typedoc/bin/typedoc", "--options", "typedoc.json");
  withContractComments(join(STAGE, "api"));
  run("vitepress/bin/vitepress.js", "build");
  const problems = checkLinks(BUILT);
  if (problems.length > 0) throw new Error(`links of the site:\n${problems.join("\n")}`);
}

/** The site's programs have a lock file of their own, so that `npm ci` of the checkout does not take longer for them. */
function install(): void {
  const installed = join(SITE, "node_modules/.package-lock.json");
  const isInstalled = existsSync(installed) && modified(installed) >= modified(join(SITE, "package-lock.json"));
  if (!isInstalled) spawn("npm", ["ci"]);
}

const modified = (file: string): number => statSync(file).mtimeMs;

/** Runs a program of one of the site's packages. */
function run(program: string, ...words: string[]): void {
  spawn(process.execPath, [join(SITE, "node_modules", program), ...words]);
}

function spawn(command: string, words: readonly string[]): void {
  const { status } = spawnSync(command, words, { cwd: SITE, stdio: "inherit" });
  if (status !== 0) throw new Error(`${[command, ...words].join(" ")} in ${SITE} ended with status ${status}`);
}

if (require.main === module) {
  buildSite();
  console.log(join(BUILT, "index.html"));
}
