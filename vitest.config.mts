import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const constructs = join(import.meta.dirname, "constructs");

const TESTS = ["__tests__/**/*.test.ts", "examples/**/*.test.ts", "packages/*/test/**/*.test.ts"];
/** Tests in which a program that is not ours decides: a browser, promtool, PyYAML, Terraform, npm, keepalived. */
const JUDGED = ["**/*.judge.test.ts"];
/** Tests that take a second or more of processor time each: they explore, or they start many programs. */
const LONG = ["**/*.long.test.ts"];
/** Tests that put modules of their own in the place of others, which the next file must not get. */
const REPLACES_MODULES = ["__tests__/render/user-data.test.ts"];
const REPLACES_MODULES_LONG = ["packages/pairctl/test/model/*.long.test.ts"];
/** What has tests of its own, or is nobody's source. */
const OTHERS = ["**/node_modules/**", "dist/**", "lib/**", "cdktf.out/**", "examples/cdktn/**"];
const SETUP = ["__tests__/helpers/output-folder.ts", "__tests__/helpers/no-token-traces.ts"];

/** What `--project NAME` runs. */
function project(
  name: string,
  { include, exclude = [], isolate = false }: { include: string[]; exclude?: string[]; isolate?: boolean },
): TestProjectInlineConfiguration {
  return { extends: true, test: { name, isolate, include, exclude: [...OTHERS, ...exclude], setupFiles: SETUP } };
}

export default defineConfig({
  resolve: {
    // The examples import the package as its users do; here they get its source.
    alias: [
      { find: /^typescript$/, replacement: join(import.meta.dirname, "__tests__/helpers/typescript.ts") },
      { find: "cdktf-tencentcloud-keepalived/vitest", replacement: join(constructs, "testing/vitest.mts") },
      { find: "cdktf-tencentcloud-keepalived/provider", replacement: join(constructs, "provider.ts") },
      { find: "cdktf-tencentcloud-keepalived/testing", replacement: join(constructs, "testing/index.ts") },
      { find: "cdktf-tencentcloud-keepalived", replacement: join(constructs, "index.ts") },
    ],
  },
  test: {
    // A Terraform that asks for newer versions of itself leaves a file in the home.
    env: { CHECKPOINT_DISABLE: "1" },
    // One more than there are processors, which works while another waits for a process, a browser or a time limit.
    maxWorkers: availableParallelism() + 1,
    // Against a hang only: no test is about how fast a busy machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // No file changes a module for the next one but those that replace one: loading them anew takes longer than most tests do.
    projects: [
      project("quick", { include: TESTS, exclude: [...REPLACES_MODULES, ...LONG, ...JUDGED] }),
      project("quick-isolated", { include: REPLACES_MODULES, isolate: true }),
      project("long", { include: LONG, exclude: REPLACES_MODULES_LONG }),
      project("long-isolated", { include: REPLACES_MODULES_LONG, isolate: true }),
      project("judges", { include: JUDGED }),
    ],
  },
});
