import { run } from "../machine/process.ts";
import type { Node } from "../nodes/node.ts";
import { afterOneLook, afterSilence, afterTwoLooks, plus } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

const group = "network";
const TABLE = "host_firewall";

/** Rules of a node's own nftables, in its network namespace. @param rules what is dropped, by the hook's name */
async function drop(node: Node, rules: Readonly<Partial<Record<"input" | "output", string>>>): Promise<void> {
  const chains = Object.entries(rules).map(
    ([hook, match]) => `chain ${hook} {\n type filter hook ${hook} priority 0;\n ${match} drop\n}`,
  );
  await nft(node, ["-f", "-"], `table ip ${TABLE} {\n${chains.join("\n")}\n}\n`);
}

async function nft({ port }: Node, args: readonly string[], input?: string): Promise<void> {
  await run("ip", ["netns", "exec", port.namespace, "nft", ...args], input);
}

const open = (node: Node): Promise<void> => nft(node, ["delete", "table", "ip", TABLE]);

/** What a firewall on a node itself does. */
export const hostFirewallFaults: readonly Fault[] = [
  {
    name: "firewall-drops-vrrp",
    group,
    does: "the standby's own firewall drops incoming VRRP: both nodes are MASTER",
    heals: "it lets it in again",
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "firewalld's default zone; keepalived issue 2087",
    lastsMs: 15_000,
    levers: ["firewall of standby"],
    inject: ({ standby }) => drop(standby, { input: "ip protocol 112" }),
    heal: ({ standby }) => open(standby),
  },
  {
    name: "firewall-drops-outgoing-vrrp",
    group,
    does: "the own firewall of the node that serves drops its adverts: both nodes are MASTER",
    heals: "it lets them out again",
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "a ruleset with a default policy of drop",
    lastsMs: 15_000,
    levers: ["firewall of serving"],
    inject: ({ serving }) => drop(serving, { output: "ip protocol 112" }),
    heal: ({ serving }) => open(serving),
  },
  {
    name: "firewall-drops-api",
    group,
    does: "the standby's own firewall drops what goes to the API, and then the node that serves stops",
    heals: "it lets it out again, and keepalived is started",
    expects: { havip: "moves", "secondary-private-ip": "nobody" },
    outageMs: plus(10_000, afterTwoLooks),
    convergesMs: afterTwoLooks,
    source: "a hardened image that lets nothing out",
    lastsMs: 5_000,
    levers: ["firewall of standby", "keepalived of serving"],
    inject: async ({ serving, standby }) => {
      await drop(standby, { output: "tcp dport 443" });
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ serving, standby }) => {
      await open(standby);
      await serving.shell("systemctl start keepalived");
    },
  },
  {
    name: "firewall-drops-everything",
    group,
    does: "the own firewall of the node that serves drops everything, in both directions",
    heals: "it lets everything through again",
    expects: "moves",
    outageMs: afterSilence,
    convergesMs: afterOneLook,
    source: "a ruleset that was loaded without its exceptions",
    lastsMs: 8_000,
    levers: ["firewall of serving"],
    inject: ({ serving }) => drop(serving, { input: 'iifname "eth0"', output: 'oifname "eth0"' }),
    heal: ({ serving }) => open(serving),
  },
];
