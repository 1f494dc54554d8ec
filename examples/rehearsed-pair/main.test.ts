import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { afterAll, expect, test } from "vitest";
import { readStack } from "../../packages/rehearsal/src/stack/stack.ts";
import { webSiteStack } from "./main";

const folder = mkdtempSync(join(tmpdir(), "rehearsed-pair-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the rehearsal reads the pair from what cdktf writes, and knows what its nodes install", () => {
  const app = new App({ outdir: join(folder, "cdktf.out") });
  webSiteStack(app);
  app.synth();
  const stack = readStack({ path: join(folder, "cdktf.out"), subnetCidr: "172.16.8.0/22" });
  expect(stack).toMatchObject({
    mechanism: "havip",
    vip: "172.16.9.60",
    subnet: { subnetId: "subnet-5r7t9w0e", cidrBlock: "172.16.8.0/22" },
    packages: ["keepalived", "nodejs", "curl", "nginx"],
  });
});
