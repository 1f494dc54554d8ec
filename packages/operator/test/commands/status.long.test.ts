import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NODE_PATHS } from "pairctl/contract";
import { EIP, VIP, World } from "../support/world.ts";

describe.each(["secondary-private-ip", "havip"] as const)("pair status with %s", (mechanism) => {
  let world: World;
  beforeEach(async () => {
    world = await World.start(mechanism);
  });
  afterEach(() => world[Symbol.asyncDispose]());

  test("says who serves since when, and that the standby can take over", async () => {
    const { status, out } = await world.pair("status");
    expect(out).toContain("web: the primary serves since 2026-11-26T03:00:00+00:00; the standby can take over");
    expect(out).toContain(`${VIP}  holder: primary  public address: ${EIP}`);
    expect(status).toBe(0);
  });

  test("says the same to programs", async () => {
    const { out } = await world.pair("status", "--json");
    expect(JSON.parse(out)).toMatchObject({
      ...{ pair: "web", mechanism, outcome: "well", serves: "yes", serving: "primary", standbyAble: "yes" },
      addresses: [{ vip: VIP, holder: "primary", publicIp: EIP }],
      nodes: [
        { role: "primary", vrrp: "MASTER", inStep: true },
        { role: "secondary", vrrp: "BACKUP", able: true, inStep: true },
      ],
      problems: [],
    });
  });

  test("takes less than a second of the processor, with the cloud and the nodes in it, and waits for nothing else", async () => {
    let sleptMs = 0;
    world.clock = { now: () => Date.now(), sleep: async (ms) => void (sleptMs += ms) };
    const before = process.cpuUsage();
    await world.pair("status");
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(1_000_000);
    expect(sleptMs).toBe(0);
  });

  test("nobody serves where the node that has the address is not MASTER", async () => {
    world.failsOver = false;
    world.primary.notify("FAULT");
    await world.settle();
    const { status, out } = await world.pair("status");
    expect(out).toContain("web: NOBODY SERVES");
    expect(out).toContain("! primary: has the address, and its keepalived is FAULT");
    expect(status).toBe(3);
  });

  test("a standby that could not take over is not well, though the pair serves", async () => {
    world.secondary.notify("FAULT");
    await world.settle();
    const { status, out } = await world.pair("status");
    expect(out).toContain("the primary serves since");
    expect(out).toContain("the standby can NOT take over");
    expect(out).toContain("! secondary: its keepalived is FAULT");
    expect(status).toBe(1);
  });

  test("a standby in whose doctor something fails could not take over", async () => {
    world.secondary.doctor = ["ok keepalived", "fail units: no pairctl.timer (pairctl undrain)"];
    await world.settle();
    const { status, out } = await world.pair("status");
    expect(out).toContain("! secondary: its doctor says 'fail units: no pairctl.timer (pairctl undrain)'");
    expect(status).toBe(1);
  });

  test("names the files that are not what the stack says, and how they get there", async () => {
    world.stack({ [NODE_PATHS.keepalivedConf]: "vrrp_instance VIP {\n    interface eth0\n}\n" }, {});
    const { status, out } = await world.pair("status");
    expect(out).toContain(
      `! primary: does not run what the stack says, ${NODE_PATHS.keepalivedConf} differ: 'pair push'`,
    );
    expect(out).not.toContain("secondary: does not run");
    expect(status).toBe(1);
  });

  test("the name of the node's own interface in keepalived.conf is no difference, and a file of the user's neither", async () => {
    const conf = world.primary.read(NODE_PATHS.keepalivedConf) ?? "";
    world.primary.write(NODE_PATHS.keepalivedConf, conf.replace("eth0", "ens5"));
    world.primary.write("/root/of-the-user", "changed by them\n");
    expect((await world.pair("status")).out).not.toContain("does not run");
  });

  test("one node that cannot be reached is told, and the other one is a witness that the pair serves", async () => {
    world.primary.agentStatus = "not installed";
    const { status, out } = await world.pair("status");
    expect(out).toContain("web: the primary serves");
    expect(out).toMatch(/primary .* not reached: RunCommand: ResourceUnavailable.AgentNotInstalled.*--ssh USER@/);
    expect(status).toBe(1);
  });

  test("it is not known whether somebody serves where no node can be reached", async () => {
    world.primary.agentStatus = world.secondary.agentStatus = "offline";
    const { status, out } = await world.pair("status");
    expect(out).toContain("web: it is not known who serves; it is not known whether the standby could take over");
    expect(status).toBe(4);
  });

  test("both nodes as MASTER are told", async () => {
    world.secondary.notify("MASTER");
    world.secondary.sees("peer", "no");
    const { status, out } = await world.pair("status");
    expect(out).toContain("! both nodes are MASTER");
    expect(status).toBe(1);
  });

  test("refuses without credentials, and says where they are looked for", async () => {
    const none = {
      TENCENTCLOUD_SECRET_ID: "",
      TENCENTCLOUD_SECRET_KEY: "",
      TENCENTCLOUD_SHARED_CREDENTIALS_DIR: world.folder,
    };
    const { status, err } = await world.pairWith(none, "status");
    expect(err).toContain(
      "there are no credentials of the cloud: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY",
    );
    expect(status).toBe(2);
  });

  test("refuses credentials that the cloud does not know, without showing them", async () => {
    const wrong = { TENCENTCLOUD_SECRET_ID: "AKIDother", TENCENTCLOUD_SECRET_KEY: "a-secret-of-somebody" };
    const { status, err } = await world.pairWith(wrong, "status");
    expect(err).toMatch(/AuthFailure\.\w+.*the credentials are not valid, or have expired/);
    expect(err).not.toContain("a-secret-of-somebody");
    expect(status).toBe(2);
  });

  test("says that the cloud cannot be reached", async () => {
    const { status, err } = await world.pairWith({ HTTP_PROXY: "http://127.0.0.1:9" }, "status");
    expect(err).toMatch(/NetworkError.*HTTPS_PROXY and TENCENTCLOUD_DOMAIN/);
    expect(status).toBe(4);
  });
});
