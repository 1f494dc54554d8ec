import { expect, test } from "vitest";
import { inNamespaces, missingForNamespaces, moduleOf } from "../support/in-namespaces.ts";

const isMissing = missingForNamespaces("a new instance", ["nft", "--version"]);

test.skipIf(isMissing)(
  "a new instance is reached by the address that went with the old one, by its own interface",
  async () => {
    const { stdout, stderr } = await inNamespaces(`
    import { execFileSync } from "node:child_process";
    import { LocalCloud } from "local-cloud";
    import { Fabric } from ${moduleOf("network/fabric.ts")};
    import { takeIn } from ${moduleOf("lab/take-in.ts")};
    const fabric = await Fabric.create(24, "10.0.1.1", []);
    const port = await fabric.plugIn("primary", "52:54:00:00:00:01", "10.0.1.11");
    const cloud = await LocalCloud.start({ region: "ap-singapore" });
    cloud.seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
    cloud.seed.subnet({ subnetId: "subnet-11111111", vpcId: "vpc-11111111", cidrBlock: "10.0.1.0/24", zone: "ap-singapore-1" });
    const instance = { subnetId: "subnet-11111111", instanceId: "ins-22222222", privateIp: "10.0.1.11" };
    cloud.seed.instance({ ...instance, instanceName: "web-primary" });
    // As the cloud tells it of the old one.
    await fabric.unassign("10.0.1.11");
    const node = {
      role: "primary", isUp: false, port, stackNode: { instanceId: "ins-11111111", privateIp: "10.0.1.11" },
      becomeInstance: async (stackNode, port) => Object.assign(node, { stackNode, port }),
    };
    const [eni] = cloud.state.networkInterfaces.values();
    const ports = new Map([["eni-of-the-old-one", port]]);
    const timeline = { note() {} };
    await takeIn({ cloud, fabric, timeline, nodes: [node], ports }, "ins-22222222");
    const said = (...[command, ...args]) => execFileSync(command, args, { encoding: "utf8" });
    console.log(JSON.stringify({
      node: { ...node.stackNode, macAddress: node.port.macAddress },
      mac: eni.macAddress.toLowerCase(),
      ports: [...ports.keys()].map((id) => id === eni.networkInterfaceId),
      route: said("ip", "route", "get", "10.0.1.11"),
      mayHave: said("nft", "list", "set", "ip", "fabric", "owned"),
    }));
    process.exit(0);`);
    expect(stderr).toBe("");
    const { node, mac, ports, route, mayHave } = JSON.parse(stdout) as Record<string, never>;
    expect(node).toMatchObject({ instanceId: "ins-22222222", instanceName: "web-primary", macAddress: mac });
    expect(ports).toEqual([true]);
    expect(route).toMatch(/^10\.0\.1\.11 dev eni1 /);
    expect(mayHave).toContain('"eni1" . 10.0.1.11');
  },
);
