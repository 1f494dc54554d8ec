import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Provider } from "../../src/deploy/provider.ts";
import { PrerequisitesError } from "../../src/machine/prerequisites.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-deploy-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

describe("a provider", () => {
  const leftovers = () =>
    readdirSync(tmpdir())
      .filter((name) => name.startsWith("rehearsal-provider-"))
      .sort();

  test("refuses to be fetched without Terraform, says where it is, and leaves nothing behind", async () => {
    const before = leftovers();
    const file = join(folder, "cdk.tf.json");
    writeFileSync(file, "{}");
    // The sweeper needs a shell and what it calls.
    for (const tool of ["sh", "cat", "rm", "seq", "sleep"])
      symlinkSync(execFileSync("which", [tool], { encoding: "utf8" }).trim(), join(folder, tool));
    vi.stubEnv("PATH", folder);
    const fetching = Provider.fetch(file);
    await expect(fetching).rejects.toThrow(PrerequisitesError);
    await expect(fetching).rejects.toThrow(/needs Terraform on the PATH: https:/);
    expect(leftovers()).toEqual(before);
  });
});
