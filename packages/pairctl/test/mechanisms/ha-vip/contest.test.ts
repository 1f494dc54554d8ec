import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, TestNode, VIP, virtualTime } from "../../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(async () => {
  cloud = await startCloud("havip");
  primary = new TestNode(cloud, "primary", "havip");
});
afterEach(() => cloud.stop());

describe("a HAVIP that moves to and fro between two nodes that are both MASTER", () => {
  /** Runs at minutes that are far enough apart for the cloud to tell the times of its moves apart. */
  const runAt = (seconds: number) => primary.run({ ...virtualTime(), clock: () => seconds * 1000 });
  const move = (node: string, second: number) => {
    cloud.learn({ vip: VIP, networkInterfaceId: `eni-${node}0` });
    const haVip = cloud.state.haVips.get("havip-00000001");
    if (haVip) (haVip as { flushedAt?: number }).flushedAt = Date.parse("2026-01-31T03:00:00Z") + second * 1000;
  };

  test("is not well on either, though each look may find it here", async () => {
    primary.notify("MASTER");
    move("primary", 0);
    expect((await runAt(0)).receipt).toMatchObject({ verdict: "holds", agree: "yes", status: 0 });
    expect((await runAt(10)).receipt).toMatchObject({ verdict: "holds", agree: "yes" });
    move("secondary", 12);
    move("primary", 14);
    const { status, receipt } = await runAt(20);
    expect(receipt).toMatchObject({ verdict: "holds", holderAfter: "mine", agree: "no" });
    expect(receipt.message).toMatch(/^havip-00000001 moves away from this MASTER: another node announces it/);
    expect(status).toBe(1);
  });

  test("is well again half a minute after it has moved for the last time", async () => {
    primary.notify("MASTER");
    move("primary", 0);
    await runAt(0);
    move("secondary", 12);
    move("primary", 14);
    await runAt(20);
    expect((await runAt(49)).receipt.agree).toBe("no");
    expect((await runAt(51)).receipt.agree).toBe("yes");
  });

  test("is not contested by the moves of a takeover", async () => {
    move("secondary", 0);
    primary.notify("MASTER");
    const takenWhileItWaits = { sleep: async () => move("primary", 5) };
    expect((await primary.run(takenWhileItWaits)).receipt).toMatchObject({
      holderBefore: "peer",
      verdict: "holds",
      agree: "yes",
    });
  });
});
