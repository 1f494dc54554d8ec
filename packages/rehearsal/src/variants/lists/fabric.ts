import { run } from "../../machine/process.ts";
import type { Lab } from "../../lab/lab.ts";
import { inLab } from "../change.ts";
import type { Variant } from "../variant.ts";

const part = "fabric";

/** Longer than an answer counts as the present state of things. */
const TURN_MS = 400;

/** Lets something happen in place of each assignment of the VIP to a node's port. */
function insteadOfAssigning(
  lab: Lab,
  act: (assign: Lab["fabric"]["assign"], ...call: Parameters<Lab["fabric"]["assign"]>) => Promise<void>,
): void {
  const { fabric } = lab;
  const assign = fabric.assign.bind(fabric);
  fabric.assign = (address, port) => (address === lab.stack.vip ? act(assign, address, port) : assign(address, port));
}

/** What the network does with packets. */
export const fabricVariants: readonly Variant[] = [
  {
    name: "deaf-to-gratuitous-arp",
    part,
    breaks: "the fabric learns from the gratuitous ARP of the first node only",
    mechanism: "havip",
    changes: [
      inLab("the cloud's ear for gratuitous ARP", (lab, tookEffect) => {
        const learn = lab.cloud.learn.bind(lab.cloud);
        let first: string | undefined;
        lab.cloud.learn = (announcement) => {
          first ??= announcement.networkInterfaceId;
          if (announcement.networkInterfaceId === first) return learn(announcement);
          tookEffect();
          return false;
        };
      }),
    ],
    fault: "keepalived-stopped",
    shows: { check: "while the fault lasts, service moves", text: /nobody answers/ },
    isFast: true,
  },
  {
    name: "stuck",
    part,
    breaks: "the fabric leaves the address where it was first",
    mechanism: "secondary-private-ip",
    changes: [
      inLab("the fabric's second assignment", (lab, tookEffect) => {
        let owner: string | undefined;
        insteadOfAssigning(lab, async (assign, address, port) => {
          owner ??= port.name;
          if (owner === port.name) return assign(address, port);
          tookEffect();
        });
      }),
    ],
    fault: "keepalived-stopped",
    shows: { check: "while the fault lasts, service moves", text: /nobody answers/ },
  },
  {
    name: "to-both-in-turn",
    part,
    breaks: "the fabric sends packets to one node and the other in turn, once the address has moved",
    mechanism: "secondary-private-ip",
    changes: [
      inLab("the fabric's second assignment", (lab, tookEffect) => {
        const ports = lab.nodes.map((node) => node.port);
        let moves = 0;
        insteadOfAssigning(lab, async (assign, address, port) => {
          await assign(address, port);
          moves += 1;
          if (moves !== 2) return;
          tookEffect();
          setInterval(() => {
            ports.reverse();
            for (const next of ports.slice(0, 1)) void assign(address, next);
          }, TURN_MS);
        });
      }),
    ],
    fault: "keepalived-stopped",
    shows: { check: "the pair is well again", text: /the client must reach the MASTER through the VIP/ },
  },
  {
    name: "answers-bypass-the-eip",
    part,
    breaks: "answers to the public address leave with the private one",
    mechanism: "havip",
    changes: [
      inLab("the fabric's table of public addresses", (lab, tookEffect) => {
        void run("nft", ["flush", "chain", "ip", "fabric", "public_out"]).then(tookEffect);
      }),
    ],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /the client must reach the MASTER through the EIP, it reaches nobody/ },
  },
  {
    name: "eip-lost-on-the-way",
    part,
    breaks: "the fabric unbinds the public address when the private one moves for the second time",
    mechanism: "secondary-private-ip",
    changes: [
      inLab("the fabric's binding of the public address", (lab, tookEffect) => {
        let moves = 0;
        insteadOfAssigning(lab, async (assign, address, port) => {
          moves += 1;
          await assign(address, port);
          if (moves === 1 || lab.stack.eip === undefined) return;
          await lab.fabric.bindPublicAddress(lab.stack.eip.addressIp, undefined);
          tookEffect();
        });
      }),
    ],
    fault: "keepalived-stopped",
    shows: {
      check: "the pair is well again",
      text: /the client must reach the MASTER through the EIP, it reaches nobody/,
    },
  },
];
