import type { Node } from "../nodes/node.ts";
import { afterSilence, afterTwoElections, afterTwoLooks, plus } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

const LASTS_MS = 25_000;
/** The timer looks every 10 s, and once more 3 s later: keepalived is stopped then, and the peer is elected. */
const WATCH_MS = 15_000;
const SOURCE = "a DHCP lease that ran out, or a boot on which the network is slower than keepalived";
const HEALS = "it has it again";

/** Takes the address that VRRP is sent from off a node's interface, and writes down what is needed to bring it back. */
function takeAddress({ stackNode: { privateIp } }: Node): string {
  return [
    `set -- $(ip -o -4 address | awk -v prefix=${privateIp}/ 'index($4, prefix) == 1 { print $4, $2 }')`,
    "gateway=$(ip -4 route show default | awk '{ print $3; exit }')",
    'echo "$1 $2 $gateway" >/run/source-address',
    'ip address delete "$1" dev "$2"',
  ].join("\n");
}

const BRING_ADDRESS = [
  "read -r address interface gateway </run/source-address",
  'ip address add "$address" dev "$interface"',
  'ip route replace default via "$gateway"',
  "rm /run/source-address",
].join("\n");

/** The addresses that the nodes send VRRP from come late, or go for a while. */
export const sourceAddressFaults: readonly Fault[] = [
  {
    name: "source-address-lost",
    group: "network",
    does: "the node that serves loses its own address, and keeps the VIP",
    heals: HEALS,
    expects: "moves",
    outageMs: plus(WATCH_MS, afterTwoElections),
    convergesMs: plus(20_000, afterTwoLooks),
    source: SOURCE,
    lastsMs: LASTS_MS,
    inject: async ({ serving }) => void (await serving.shell(takeAddress(serving))),
    heal: async ({ serving }) => void (await serving.shell(BRING_ADDRESS)),
  },
  {
    name: "source-address-of-standby-lost",
    group: "network",
    does: "the standby loses its own address: it hears nobody, and is elected",
    heals: HEALS,
    expects: "stays",
    outageMs: plus(WATCH_MS, afterTwoElections),
    convergesMs: plus(20_000, afterTwoLooks),
    source: SOURCE,
    lastsMs: LASTS_MS,
    inject: async ({ standby }) => void (await standby.shell(takeAddress(standby))),
    heal: async ({ standby }) => void (await standby.shell(BRING_ADDRESS)),
  },
  {
    name: "source-address-late",
    group: "network",
    does: "keepalived is restarted on the node that serves, which has not got its own address",
    heals: "it gets it",
    expects: "moves",
    outageMs: afterSilence,
    convergesMs: plus(20_000, afterTwoLooks),
    source: SOURCE,
    lastsMs: LASTS_MS,
    inject: async ({ serving }) =>
      void (await serving.shell(`${takeAddress(serving)}\nsystemctl restart --no-block keepalived`)),
    heal: async ({ serving }) => void (await serving.shell(BRING_ADDRESS)),
  },
];
