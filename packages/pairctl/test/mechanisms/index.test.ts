import { afterEach, expect, test, vi } from "vitest";
import { startCloud, TestNode } from "../support/pair.ts";

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["secondary-private-ip", "havip"],
  ["havip", "secondary-private-ip"],
] as const)("refuses settings of a %s pair in the bundle for %s", async (mechanism, bundled) => {
  vi.stubGlobal("__MECHANISM__", bundled);
  const cloud = await startCloud(mechanism);
  try {
    const { receipt, status } = await new TestNode(cloud, "primary", mechanism).notify("MASTER").run();
    const message = `this pairctl is not for ${mechanism}`;
    expect({ status, receipt }).toMatchObject({ status: 1, receipt: { verdict: "failed", agree: "unknown", message } });
  } finally {
    await cloud.stop();
  }
});
