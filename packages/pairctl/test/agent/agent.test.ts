import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { METRICS_ADDRESS, METRICS_PORT, NODE_PATHS, PEER_PORT } from "../../src/contract/index.ts";
import type { Receipt } from "../../src/passes/receipt.ts";
import type { Host } from "../../src/node/host.ts";
import {
  actions,
  holder,
  LOG,
  SETTINGS,
  startCloud,
  startNodes,
  STATE,
  tampered,
  TestNode,
  VIP,
} from "../support/pair.ts";
import { network, virtualTime } from "../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;
let secondary: TestNode;

beforeEach(async () => ({ cloud, primary, secondary } = await startNodes("secondary-private-ip")));
afterEach(() => cloud.stop());

/** What happens to an agent's node at times, in seconds. */
type Story = Readonly<Record<number, (notify: (state: string) => void) => unknown>>;

/** Lets a node's agent live through a story, and ends it by a change of its settings. @param asked at each call, in ms */
async function live(
  node: TestNode,
  story: Story,
  overrides: Partial<Host> = {},
  asked: (at: number) => void = () => undefined,
): Promise<Receipt[]> {
  const time = virtualTime();
  const { request = network.request } = overrides;
  let onChange = () => {};
  const notify = (state: string) => {
    node.notify(state);
    onChange();
  };
  const telling = (async () => {
    let now = 0;
    // JavaScript puts keys that are integers first.
    const events = Object.entries(story).sort(([one], [other]) => Number(one) - Number(other));
    for (const [at, happen] of events) {
      await time.sleep(Number(at) * 1000 - now);
      now = Number(at) * 1000;
      await happen(notify);
    }
    node.files.set(SETTINGS, `${node.files.get(SETTINGS)} `);
  })();
  const { status } = await node.command(["agent"], {
    ...overrides,
    ...time,
    request: (url, asking) => {
      asked(time.clock());
      return request(url, asking);
    },
    watchFile: (path, changed) => {
      if (path === `${STATE}notification`) onChange = changed;
    },
  });
  await telling;
  expect(status).toBe(0);
  return receiptsOf(node);
}

function receiptsOf(node: TestNode): Receipt[] {
  const lines = (node.files.get(LOG) ?? "").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Receipt);
}

const become = (node: TestNode, state: "MASTER" | "BACKUP", notify: (state: string) => void) => {
  node.hasVip = state === "MASTER";
  notify(state);
};

describe("the agent", () => {
  test("acts on a notification at once, and does not wait for its next look", async () => {
    primary.hasVip = false;
    const asked: number[] = [];
    const receipts = await live(
      primary,
      { 3.5: (notify) => become(primary, "MASTER", notify), 4: () => undefined },
      {},
      (at) => asked.push(at),
    );
    const taken = receipts.find(({ trigger }) => trigger === "MASTER");
    expect(taken).toMatchObject({ vrrp: "MASTER", holderBefore: "parked", holderAfter: "mine", verdict: "moved" });
    expect(asked.filter((at) => at > 3000)[0]).toBe(3500);
    expect(holder(cloud)).toBe("ins-primary0");
  });

  test("looks at the cloud every five adverts where all is well, and every advert where it is not", async () => {
    /** What lies between the last looks of an agent, in ms. */
    const betweenLooks = async () => {
      const looks: number[] = [];
      let now = 0;
      const request: Host["request"] = (url, asking) => {
        if (asking.headers?.["x-tc-action"] === "DescribeNetworkInterfaces") looks.push(now);
        return network.request(url, asking);
      };
      await live(primary, { 21: () => undefined }, { request }, (at) => (now = at));
      return looks.map((at, index) => at - Number(looks[index - 1])).slice(-3);
    };
    expect(await betweenLooks()).toEqual([5000, 5000, 5000]);
    expect(receiptsOf(primary).at(-1)).toMatchObject({ vrrp: "MASTER", agree: "yes" });
    await live(secondary, { 1: () => undefined });
    primary.hasVip = false;
    expect(await betweenLooks()).toEqual([5000, 5000, 5000]);
    expect(receiptsOf(primary).at(-1)).toMatchObject({ vrrp: "BACKUP", agree: "yes" });
    primary.notify("FAULT");
    expect(await betweenLooks()).toEqual([1000, 1000, 1000]);
  });

  test("acts at once on a notification that comes while it looks at the cloud, too", async () => {
    await secondary.run();
    primary.hasVip = false;
    let notify = (_: string) => {};
    let now = 0;
    const receipts = await live(
      primary,
      { 0: (toPrimary) => void (notify = toPrimary), 8: () => undefined },
      {
        request: (url, asking) => {
          const isLook = asking.headers?.["x-tc-action"] === "DescribeNetworkInterfaces";
          if (isLook && now >= 5000 && !primary.hasVip) become(primary, "MASTER", notify);
          return network.request(url, asking);
        },
      },
      (at) => (now = at),
    );
    // The next look but this one would be at 10.
    expect(receipts.find(({ trigger }) => trigger === "MASTER")).toMatchObject({ vrrp: "MASTER", verdict: "moved" });
    expect(holder(cloud)).toBe("ins-primary0");
  });

  test("yields where it is the weaker of two MASTERs of a HAVIP that do not hear each other", async () => {
    await using fabric = await startCloud("havip");
    const weaker = new TestNode(fabric, "secondary", "havip");
    weaker.peerState = "MASTER";
    weaker.files.set("/proc/uptime", "1000.00 1.00\n");
    let held = "";
    await live(
      weaker,
      { 8: () => (held = String(weaker.files.get(`${STATE}yield`))) },
      {
        hearAdverts: (_, onChange) => onChange(true),
        request: async (url, asking) =>
          new URL(url).port === String(PEER_PORT)
            ? { status: 200, body: "/MASTER/60000/1" }
            : network.request(url, asking),
      },
    );
    expect(Number(held)).toBeGreaterThan(1000);
    expect(receiptsOf(weaker).at(-1)).toMatchObject({ yields: true });
  });

  test("ends as soon as it sees that its settings have changed, and not behind its next look at the cloud", async () => {
    const time = virtualTime();
    const ended = primary.command(["agent"], time);
    await time.sleep(2000);
    primary.files.set(SETTINGS, `${primary.files.get(SETTINGS)} `);
    expect((await ended).status).toBe(0);
    // It looks at them every 1.5 s.
    expect(time.clock()).toBe(3000);
  });

  test("notices what nobody has told it: an address that somebody moved, and a change of keepalived", async () => {
    const receipts = await live(primary, {
      2: () => secondary.run(),
      21: () => void (primary.hasVip = false),
      // Two checks of keepalived later.
      24: () => undefined,
    });
    const told = receipts.map(({ vrrp, holderBefore, verdict }) => `${vrrp} ${holderBefore} ${verdict}`).join();
    expect(told).toMatch(/^MASTER parked moved.*MASTER (peer|moving) moved.*BACKUP mine idle$/);
  });

  test("neither answers its peer nor asks it where the pair's agents do not tell each other what keepalived is", async () => {
    const served: string[] = [];
    const asked: string[] = [];
    const talk = async () => {
      await live(
        primary,
        { 10: () => undefined },
        {
          serve: (address, port) => void served.push(`${address}:${port}`),
          request: (url, asking) => {
            if (new URL(url).port === String(PEER_PORT)) asked.push(url);
            return network.request(url, asking);
          },
        },
      );
      return { served: served.splice(0), hasAsked: asked.splice(0).length > 0 };
    };
    const [metrics, peer] = [`${METRICS_ADDRESS}:${METRICS_PORT}`, `10.0.1.11:${PEER_PORT}`];
    expect(await talk()).toEqual({ served: [metrics, peer], hasAsked: true });
    vi.stubGlobal("__PEER_WORD__", false);
    try {
      expect(await talk()).toEqual({ served: [metrics], hasAsked: false });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("asks its peer every 1.2 adverts while one of them is MASTER, more often otherwise, and at once after a change", async () => {
    primary.hasVip = false;
    const asked: number[] = [];
    let now = 0;
    await live(
      primary,
      { 2: (notify) => become(primary, "MASTER", notify), 6: () => undefined },
      {
        request: async (url, asking) => {
          if (new URL(url).port !== String(PEER_PORT)) return network.request(url, asking);
          asked.push(now);
          return { status: 200, body: "/BACKUP/5000/1" };
        },
      },
      (at) => (now = at),
    );
    expect(asked.slice(0, 6)).toEqual([0, 700, 1400, 2000, 3200, 4400]);
  });

  test("does not ask without a pause where its peer says something else each time", async () => {
    let asked = 0;
    await live(
      primary,
      { 5: () => undefined },
      {
        request: async (url, asking) => {
          if (new URL(url).port !== String(PEER_PORT)) return network.request(url, asking);
          asked += 1;
          return { status: 200, body: `/${asked % 2 ? "BACKUP" : "FAULT"}/5000/1` };
        },
      },
    );
    expect(asked).toBeLessThan(10);
  });

  test("answers the programs of its own node with the metrics as it has last written them", async () => {
    let metrics: ((path: string) => string) | undefined;
    const told: string[] = [];
    await live(
      primary,
      {
        0: () => told.push(String(metrics?.("/metrics"))),
        2: () => told.push(String(metrics?.("/metrics"))),
        3: () => expect(told[1]).toBe(primary.files.get(NODE_PATHS.metrics)),
      },
      {
        serve: (address, port, asker, answer) => {
          if (address !== METRICS_ADDRESS) return;
          expect([port, asker]).toEqual([METRICS_PORT, METRICS_ADDRESS]);
          metrics = answer;
        },
      },
    );
    // Nothing is known before the first run.
    expect(told).toEqual(["", expect.stringMatching(/^pairctl_state\{vip="10\.0\.1\.100",state="MASTER",.*\} 1$/m)]);
  });

  test("says every 1.5 seconds that it is awake, in seconds since the boot", async () => {
    const beats: string[] = [];
    let uptime = 100;
    const node = primary;
    await live(
      node,
      { 5: () => undefined },
      {
        readFile: (path) => (path === "/proc/uptime" ? `${(uptime += 1.25).toFixed(2)} 1.00\n` : node.files.get(path)),
        writeFile: (path, text) => {
          node.files.set(path, text);
          if (path === `${STATE}heartbeat`) beats.push(text);
        },
      },
    );
    expect(beats).toEqual(["101\n", "102\n", "103\n", "105\n"]);
  });

  test("looks its own network interface up again where the cloud does not know that any more", async () => {
    let isOld = true;
    const stale = tampered("DescribeNetworkInterfaces", (body) => {
      if (!isOld || !body.includes("eni-primary0")) return body;
      isOld = false;
      return body.replaceAll("eni-primary0", "eni-replaced");
    });
    const [first, next] = await live(primary, { 5: () => undefined }, stale);
    expect(first).toMatchObject({ verdict: "failed", message: expect.stringContaining("ResourceNotFound") });
    expect(next).toMatchObject({ verdict: "moved", holderAfter: "mine" });
    expect(holder(cloud)).toBe("ins-primary0");
  });

  test("hands over what it has as a BACKUP after an election's time, from when it has seen that", async () => {
    await live(primary, {
      1: (notify) => become(primary, "BACKUP", notify),
      // The wait ends at 6; what the cloud does then takes real time, of which a busy machine has little.
      20: () => undefined,
    });
    expect(holder(cloud)).toBe("ins-secondary");
    const handed = receiptsOf(primary).find(({ verdict }) => verdict === "handed");
    expect(handed).toMatchObject({ holderBefore: "mine", holderAfter: "peer" });
    expect(actions(handed as Receipt)).toContain("MigratePrivateIpAddress");
  });

  test("lets no address wait for one that is stuck", async () => {
    cloud.seed.networkInterface({
      networkInterfaceId: "eni-parking1",
      subnetId: "subnet-00000001",
      privateIp: "10.0.1.201",
      secondaryPrivateIps: ["10.0.1.200"],
    });
    const first = { vip: VIP, parkingIp: "10.0.1.101", eipId: "eip-00000001" };
    primary.settings["virtualIps"] = [{ vip: "10.0.1.200", parkingIp: "10.0.1.201" }, first];
    primary.extraVips = ["10.0.1.200"];
    const stuck = tampered("DescribeNetworkInterfaces", (body) =>
      body.includes('"10.0.1.200"') ? body.replaceAll('"AVAILABLE"', '"MIGRATING"') : body,
    );
    const receipts = await live(
      primary,
      { 5: (notify) => become(primary, "BACKUP", notify), 6: () => undefined },
      stuck,
    );
    const told = receipts.filter(({ vip }) => vip === VIP);
    expect(told).toMatchObject([
      { vrrp: "MASTER", holderAfter: "mine", agree: "yes" },
      ...told.slice(1, -1),
      { vrrp: "BACKUP", holderAfter: "mine", agree: "no" },
    ]);
    expect(told.length).toBeGreaterThanOrEqual(2);
  });

  test("waits a while with settings that cannot be read, and says what is wrong with them", async () => {
    const time = virtualTime();
    primary.settings["priority"] = "300";
    const { lines, status } = await primary.command(["agent"], time);
    expect({ status, ms: time.clock() }).toEqual({ status: 2, ms: 10_000 });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ message: `${SETTINGS}: 'priority' must not be "300"` });
  });
});
