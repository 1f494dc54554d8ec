import { expect, test } from "vitest";
import { inNamespaces, IS_ROOT, missingForNamespaces, moduleOf } from "../support/in-namespaces.ts";

const isMissing = missingForNamespaces(
  "the wiring",
  ["nft", "--version"],
  ["tcpdump", "--version"],
  ["python3", "-c", ""],
);

/** Announces an address by a gratuitous ARP. Python, from the host's namespace: the address's interface, MAC and bytes. */
const ANNOUNCE = `
import socket, sys
mac = bytes.fromhex(sys.argv[1].replace(":", ""))
address = socket.inet_aton(sys.argv[2])
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
wire.bind(("eth0", 0))
head = b"\\xff" * 6 + mac + b"\\x08\\x06" + b"\\x00\\x01\\x08\\x00\\x06\\x04\\x00\\x01"
wire.send(head + mac + address + b"\\xff" * 6 + address)
`;

if (!IS_ROOT) console.log("not run: tcpdump takes root here: the wiring");

test.skipIf(isMissing || !IS_ROOT)(
  "a node's announcement of a HAVIP that a deploy has added moves it there",
  async () => {
    const { stdout, stderr } = await inNamespaces(
      `
    import { execFileSync } from "node:child_process";
    import { LocalCloud } from "local-cloud";
    import { Fabric } from ${moduleOf("network/fabric.ts")};
    import { wireUp } from ${moduleOf("lab/wiring.ts")};
    const fabric = await Fabric.create(24, "10.0.1.1", []);
    const cloud = await LocalCloud.start({ region: "ap-singapore" });
    const subnet = { subnetId: "subnet-11111111" };
    cloud.seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
    cloud.seed.subnet({ ...subnet, vpcId: "vpc-11111111", cidrBlock: "10.0.1.0/24", zone: "ap-singapore-1" });
    cloud.seed.instance({ ...subnet, instanceId: "ins-11111111", instanceName: "web-primary", privateIp: "10.0.1.11" });
    cloud.seed.haVip({ ...subnet, haVipId: "havip-11111111", vip: "10.0.1.100" });
    const [eni] = cloud.state.networkInterfaces.values();
    const mac = eni.macAddress.toLowerCase();
    const ports = new Map([[eni.networkInterfaceId, await fabric.plugIn("primary", mac, "10.0.1.11")]]);
    const stack = { vip: "10.0.1.100", addresses: [{ vip: "10.0.1.100" }] };
    const wire = await wireUp({
      cloud, fabric, stack, ports, timeline: { note() {} },
      nameOf: (instanceId) => instanceId, arpDelayMs: () => 0, onAdvert: () => {},
    });
    cloud.seed.haVip({ ...subnet, haVipId: "havip-22222222", vip: "10.0.1.102" });
    // tcpdump takes a moment to listen.
    for (let tries = 0; tries < 600 && cloud.holderOf("10.0.1.102")?.instanceId === undefined; tries += 1) {
      for (const vip of ["10.0.1.102", "10.0.1.103"])
        execFileSync("ip", ["netns", "exec", "primary", "python3", "-c", ${JSON.stringify(ANNOUNCE)}, mac, vip]);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    wire.kill("SIGKILL");
    const route = execFileSync("ip", ["route", "get", "10.0.1.102"], { encoding: "utf8" });
    console.log(JSON.stringify({ holder: cloud.holderOf("10.0.1.102")?.instanceId, none: cloud.holderOf("10.0.1.103") ?? null, route }));
    process.exit(0);`,
      true,
    );
    expect(stderr).toBe("");
    const { holder, none, route } = JSON.parse(stdout) as { holder: string; none: null; route: string };
    expect({ holder, none }).toEqual({ holder: "ins-11111111", none: null });
    expect(route).toMatch(/^10\.0\.1\.102 dev eni1 /);
  },
);
