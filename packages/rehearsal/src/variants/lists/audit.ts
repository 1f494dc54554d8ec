import { NODE_PATHS } from "pairctl/contract";
import { inLab } from "../change.ts";
import { inNodeFile } from "../user-data.ts";
import type { Variant } from "../variant.ts";

const part = "audit";

/** What the audit and the checks go by. */
export const auditVariants: readonly Variant[] = [
  {
    name: "no-adverts-seen",
    part,
    breaks: "nobody listens to the wire",
    mechanism: "havip",
    changes: [
      inLab("what is seen of adverts", (lab, tookEffect) => {
        lab.lastAdvertAt = () => {
          tookEffect();
          return undefined;
        };
      }),
    ],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /one node must send adverts, nobody do/ },
  },
  {
    name: "stale-holder",
    part,
    breaks: "the holder of the address is asked for once, and remembered",
    mechanism: "secondary-private-ip",
    changes: [
      inLab("who has the address", (lab, tookEffect) => {
        const holderOf = lab.cloud.holderOf.bind(lab.cloud);
        let remembered: ReturnType<typeof holderOf>;
        lab.cloud.holderOf = (vip) => {
          const now = holderOf(vip);
          // At first it is on the parking interface, which is no instance's.
          if (now?.instanceId !== undefined) remembered ??= now;
          if (remembered !== undefined && now?.instanceId !== remembered.instanceId) tookEffect();
          return remembered ?? now;
        };
      }),
    ],
    fault: "keepalived-stopped",
    shows: {
      check: "the pair is well again",
      text: /the cloud must say that the MASTER has the address, it says (primary|secondary)/,
    },
  },
  {
    name: "client-mistakes-the-node",
    part,
    breaks: "the client takes every answer for one of the node that answered first",
    mechanism: "havip",
    changes: [
      inLab("who answers the client", (lab, tookEffect) => {
        const answering = lab.client.answering.bind(lab.client);
        let first: string | undefined;
        lab.client.answering = (via, since) => {
          const nodes = answering(via, since);
          first ??= nodes[0];
          if (nodes.some((node) => node !== first)) tookEffect();
          return nodes.map((node) => first ?? node);
        };
      }),
    ],
    fault: "keepalived-stopped",
    shows: { check: "while the fault lasts, service moves", text: /the (primary|secondary) answers/ },
  },
  {
    name: "check-always-succeeds",
    part,
    breaks: "the health check succeeds whatever the service does",
    mechanism: "havip",
    changes: [inNodeFile(`${NODE_PATHS.libexec}/check_service_1`, () => "#!/bin/sh\nexit 0\n")],
    fault: "check-fails",
    shows: { check: "while the fault lasts, service moves", text: /the (primary|secondary) answers/ },
  },
];
