import { gunzipSync, gzipSync } from "node:zlib";
import { NODE_PATHS, unpackedProgram } from "pairctl/contract";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { replacing } from "../../src/variants/change.ts";
import { inPairctl } from "../../src/variants/pairctl-source.ts";
import { brokenStack } from "../../src/variants/variant.ts";
import type { StackModel } from "../../src/stack/stack.ts";

const userData = gzipSync(`#cloud-config\nwrite_files:\n- path: ${NODE_PATHS.command}\n  content: as it is\n`);
const stack = {
  mechanism: "havip",
  nodes: (["primary", "secondary"] as const).map((role) => ({ role, userData })),
} as unknown as StackModel;

test("the nodes get a bundle that is made of the changed source", async () => {
  const { nodes } = await brokenStack(
    { changes: [inPairctl("cloud/tc3.ts", replacing('"TC3-HMAC-SHA256"', '"TC4-HMAC-SHA256"'))] },
    stack,
  );
  for (const node of nodes) {
    const [file] = parse(gunzipSync(node.userData).toString()).write_files;
    const text = unpackedProgram(file.content);
    expect(text).toContain("TC4-HMAC-SHA256");
    expect(text).not.toContain("TC3-HMAC-SHA256");
  }
});

test("refuses an edit that changes nothing", async () => {
  const changes = [inPairctl("cloud/tc3.ts", replacing("no such text", ""))];
  await expect(brokenStack({ changes }, stack)).rejects.toThrow("pairctl's cloud/tc3.ts changes nothing");
});

test("refuses a file that is not there", async () => {
  const changes = [inPairctl("cloud/tc4.ts", replacing("take", "leave"))];
  await expect(brokenStack({ changes }, stack)).rejects.toThrow("pairctl's cloud/tc4.ts finds no such file");
});

test("refuses a change of what the bundle of the mechanism leaves out", async () => {
  // The same letters: how often each is used decides what the minifier calls things.
  const changes = [inPairctl("mechanisms/secondary-private-ip/move.ts", replacing("taskId", "taskdI"))];
  await expect(brokenStack({ changes }, stack)).rejects.toThrow("move.ts changes nothing");
});
