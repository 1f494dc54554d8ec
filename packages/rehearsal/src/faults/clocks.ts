import { PAIRCTL_SERVICE } from "../nodes/node-paths.ts";
import type { Node } from "../nodes/node.ts";
import { afterOneLook, afterTwoLooks } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

/** A day: beyond the life of credentials, and far beyond the five minutes that the API allows signatures. */
const JUMP_MS = 86_400_000;

const DROP_IN = `/run/systemd/system/${PAIRCTL_SERVICE}.d`;
const PRELOAD = "/run/clock.cjs";
/** The notify script finds it before /usr/bin/date. */
const DATE = "/usr/sbin/date";

/**
 * Lets a node's clock jump, for all that reads it there but keepalived, which goes by one that does not jump: nodes share
 * this machine's kernel, and so its clock.
 */
async function jump(node: Node, byMs: number): Promise<void> {
  const preload = `const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ${byMs}); }
      static now() { return Real.now() + ${byMs}; }
    };`;
  await node.shell(`mkdir -p ${DROP_IN}
    cat >${PRELOAD} <<'END'\n${preload}\nEND
    printf '[Service]\\nEnvironment=NODE_OPTIONS=--require=${PRELOAD}\\n' >${DROP_IN}/clock.conf
    printf '#!/bin/sh\\nexec /usr/bin/date --date="${byMs / 1000} seconds" "$@"\\n' >${DATE}
    chmod 755 ${DATE}
    systemctl daemon-reload && systemctl restart ${PAIRCTL_SERVICE}`);
}

async function jumpBack(node: Node): Promise<void> {
  await node.shell(
    `rm -r ${DROP_IN} ${PRELOAD} ${DATE} && systemctl daemon-reload && systemctl restart ${PAIRCTL_SERVICE}`,
  );
}

/** What becomes of the nodes' clocks. */
export const clockFaults: readonly Fault[] = (
  [
    ["ahead", JUMP_MS, "a virtual machine that was suspended, and its NTP"],
    ["back", -JUMP_MS, "an image whose hardware clock is wrong, and its NTP"],
  ] as const
).map(([direction, byMs, source]) => ({
  name: `clock-jumped-${direction}`,
  group: "node",
  does: `the standby's clock jumps a day ${direction}, and then the node that serves stops`,
  heals: "the clock is right again, and keepalived is started",
  expects: "moves",
  outageMs: afterOneLook,
  convergesMs: afterTwoLooks,
  source,
  levers: ["clock", "pairctl of standby", "keepalived of serving"],
  inject: async ({ serving, standby }) => {
    await jump(standby, byMs);
    await serving.shell("systemctl stop keepalived");
  },
  heal: async ({ serving, standby }) => {
    await jumpBack(standby);
    await serving.shell("systemctl start keepalived");
  },
}));
