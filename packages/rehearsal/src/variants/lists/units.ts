import { SETUP_PATHS } from "pairctl/contract";
import { replacing, withoutLines } from "../change.ts";
import { inNodeFile } from "../user-data.ts";
import type { Variant } from "../variant.ts";

const part = "units";

/** What systemd is told. */
export const unitVariants: readonly Variant[] = [
  {
    name: "keepalived-not-restarted",
    part,
    breaks: "Restart= is missing in keepalived's drop-in",
    mechanism: "havip",
    changes: [inNodeFile(SETUP_PATHS.keepalivedDropIn, withoutLines(/^Restart=/))],
    fault: "keepalived-terminated",
    shows: { check: "the pair is well again", text: /must run keepalived, to be the standby/ },
  },
  {
    name: "timer-sleeps",
    part,
    breaks: "the timer wakes pairctl once a day",
    mechanism: "secondary-private-ip",
    changes: [inNodeFile(SETUP_PATHS.pairctlTimer, replacing(/^(On\w+Sec)=10$/gm, "$1=1d"))],
    fault: "pairctl-frozen",
    shows: { check: "while the fault lasts, service moves", text: /nobody answers/ },
  },
  {
    name: "timer-not-enabled",
    part,
    breaks: "the setup enables keepalived, and forgets the timer",
    mechanism: "havip",
    changes: [inNodeFile(SETUP_PATHS.setup, replacing(/pairctl\.timer keepalived\.service/g, "keepalived.service"))],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /fail units: no pairctl\.timer/ },
    isFast: true,
  },
  {
    name: "starts-leave-traces",
    part,
    breaks: "each start of keepalived adds a line to its configuration",
    mechanism: "havip",
    changes: [inNodeFile(SETUP_PATHS.preflight, (text) => `${text.trimEnd()}\necho "# started" >>"$conf"\n`)],
    fault: "keepalived-stopped",
    shows: { check: "all is as before", text: /configuration: / },
  },
  {
    name: "starts-only-once",
    part,
    breaks: "keepalived may start on a node only until that has been set up",
    mechanism: "havip",
    changes: [
      inNodeFile(SETUP_PATHS.preflight, (text) => `${text.trimEnd()}\n[ ! -e ${SETUP_PATHS.setUp} ] || exit 1\n`),
    ],
    fault: "keepalived-stopped",
    shows: { check: "the fault heals", text: /'systemctl start keepalived' failed/ },
  },
];
