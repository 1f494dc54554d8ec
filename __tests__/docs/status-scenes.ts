import type { LocalCloud } from "../../packages/local-cloud/src/index.ts";
import { API_ENDPOINTS, type Mechanism } from "../../packages/pairctl/src/contract/index.ts";
import {
  callAsRoot,
  completeAsRoot,
  giveBack,
  startNodes,
  tampered,
  type TestNode,
  VIP,
} from "../../packages/pairctl/test/support/pair.ts";

type Overrides = Parameters<TestNode["command"]>[1];

/** A pair as it was deployed: both nodes are up, and nothing has been moved yet. */
interface Pair {
  readonly cloud: LocalCloud;
  readonly primary: TestNode;
  readonly secondary: TestNode;
}

/** A state of a pair that docs/troubleshooting.md shows. */
interface Scene {
  /** @default "secondary-private-ip" */
  readonly mechanism?: Mechanism;
  /** Brings the pair there. */
  arrange(pair: Pair): Promise<void> | void;
  /** What surrounds the commands themselves. */
  readonly surroundings?: Overrides;
  /** @default - both nodes */
  readonly nodes?: readonly ("primary" | "secondary")[];
  /** @default "status" */
  readonly command?: string;
}

/** The primary serves, the secondary is its standby. */
async function serve({ primary, secondary }: Pair): Promise<void> {
  secondary.hasVip = false;
  secondary.notify("BACKUP");
  await primary.notify("MASTER").run();
}

/** Keeps a node's keepalived from having the VIP, in a state that it has notified. */
function standby(node: TestNode, notified: string): void {
  node.hasVip = false;
  node.notify(notified);
}

/** Stops a node's keepalived in order. */
function stop(node: TestNode): void {
  standby(node, "STOP");
  node.keepalived = false;
}

const refuse = (code: string) => JSON.stringify({ Response: { Error: { Code: code, Message: "…" }, RequestId: "…" } });

/** The states by their headings in docs/troubleshooting.md. */
export const SCENES: Readonly<Record<string, Scene>> = {
  "All is well": { arrange: serve },
  "The node that should serve has no address": {
    arrange: ({ secondary }) => standby(secondary, "BACKUP"),
  },
  "Both nodes are MASTER": {
    async arrange(pair) {
      await serve(pair);
      pair.secondary.hasVip = true;
      pair.secondary.notify("MASTER");
    },
  },
  "Neither node is MASTER": {
    async arrange(pair) {
      await serve(pair);
      standby(pair.primary, "FAULT");
      standby(pair.secondary, "FAULT");
    },
  },
  "Both nodes are BACKUP": {
    // Their keepalived.conf has another address: one of them is MASTER of that, and so says its notification.
    async arrange(pair) {
      await serve(pair);
      standby(pair.primary, "MASTER");
    },
  },
  "keepalived is stopped on both nodes": {
    async arrange(pair) {
      await serve(pair);
      for (const node of [pair.primary, pair.secondary]) stop(node);
    },
  },
  "The standby is in FAULT": {
    async arrange(pair) {
      await serve(pair);
      standby(pair.secondary, "FAULT");
    },
    nodes: ["secondary"],
  },
  "A node is drained": {
    async arrange(pair) {
      await serve(pair);
      stop(pair.secondary);
    },
    nodes: ["secondary"],
  },
  "keepalived does not run": {
    async arrange(pair) {
      await serve(pair);
      pair.secondary.keepalived = false;
    },
    nodes: ["secondary"],
  },
  "The address is on the standby": {
    async arrange(pair) {
      await serve(pair);
      await pair.secondary.notify("MASTER").run();
      standby(pair.primary, "BACKUP");
      pair.secondary.hasVip = true;
      await pair.secondary.run();
      await giveBack(pair.cloud);
    },
  },
  "Something else has the address": {
    async arrange(pair) {
      standby(pair.secondary, "BACKUP");
      pair.cloud.seed.instance({
        instanceId: "ins-other000",
        networkInterfaceId: "eni-other000",
        subnetId: "subnet-00000001",
        privateIp: "10.0.1.50",
      });
      await completeAsRoot(pair.cloud, "MigratePrivateIpAddress", {
        SourceNetworkInterfaceId: "eni-parking0",
        DestinationNetworkInterfaceId: "eni-other000",
        PrivateIpAddress: VIP,
      });
    },
    nodes: ["primary"],
  },
  "The public address does not answer": {
    async arrange(pair) {
      await serve(pair);
      await completeAsRoot(pair.cloud, "DisassociateAddress", { AddressId: "eip-00000001" });
    },
  },
  "A HAVIP has no public address": {
    mechanism: "havip",
    async arrange({ cloud, primary, secondary }) {
      for (const node of [primary, secondary]) node.changeVirtualIp({ eipId: "eip-00000001" });
      standby(secondary, "BACKUP");
      cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" });
      await completeAsRoot(cloud, "HaVipDisassociateAddressIp", { HaVipId: "havip-00000001" });
    },
  },
  "The node has lost its address": {
    async arrange(pair) {
      await serve(pair);
      stop(pair.primary);
    },
    surroundings: { hasAddress: () => false },
    nodes: ["primary"],
  },
  "The API cannot be reached": {
    async arrange(pair) {
      await serve(pair);
      pair.primary.settings = { ...pair.primary.settings, apiEndpoints: API_ENDPOINTS };
    },
    surroundings: {
      request: async () => {
        throw new Error("connect ETIMEDOUT 169.254.0.55:443");
      },
    },
    nodes: ["primary"],
  },
  "The role may not do it": {
    arrange: serve,
    surroundings: tampered("DescribeNetworkInterfaces", () => refuse("UnauthorizedOperation.CamNoAuth")),
    nodes: ["primary"],
  },
  "The node has no credentials": {
    arrange({ primary, secondary }) {
      standby(secondary, "BACKUP");
      primary.settings = { ...primary.settings, roleName: "web-pair-hook" };
    },
    nodes: ["primary"],
  },
  "The settings cannot be read": {
    arrange: ({ primary }) => {
      primary.settings = { ...primary.settings, advertInt: "1" };
    },
    nodes: ["primary"],
  },
  "A HAVIP stays where it was": {
    mechanism: "havip",
    arrange({ cloud, secondary }) {
      standby(secondary, "BACKUP");
      cloud.learn({ vip: VIP, networkInterfaceId: "eni-secondary0" });
    },
  },
  "A HAVIP is not associated": {
    mechanism: "havip",
    async arrange({ cloud, secondary }) {
      standby(secondary, "BACKUP");
      cloud.learn({ vip: VIP, networkInterfaceId: "eni-primary0" });
      await callAsRoot(cloud, "DisassociateHaVipInstance", {
        HaVipAssociationSet: [{ HaVipId: "havip-00000001", InstanceId: "ins-primary0" }],
      });
    },
  },
  "A HAVIP without a role": {
    mechanism: "havip",
    arrange({ primary }) {
      primary.settings = { ...primary.settings, roleName: undefined };
    },
    nodes: ["primary"],
  },
};

/** What an operator sees on the nodes of a pair in a state: each command and the lines that it prints. */
export async function screenOf(scene: Scene): Promise<string> {
  const { mechanism = "secondary-private-ip", nodes = ["primary", "secondary"], command = "status" } = scene;
  const pair = await startNodes(mechanism);
  try {
    await scene.arrange(pair);
    const lines: string[] = [];
    for (const role of nodes) {
      const printed = await pair[role].command(command.split(" "), scene.surroundings);
      lines.push(`${role}# pairctl ${command}`, ...printed.lines, `(exit status ${printed.status})`);
    }
    return lines.join("\n");
  } finally {
    await pair.cloud.stop();
  }
}
