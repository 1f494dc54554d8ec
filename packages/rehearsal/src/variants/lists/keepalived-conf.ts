import { NODE_PATHS } from "pairctl/contract";
import { type Edit, replacing, withoutLines } from "../change.ts";
import { inNodeFile } from "../user-data.ts";
import type { Variant } from "../variant.ts";

const part = "keepalived.conf";
const inConf = (edit: Edit, roles?: Parameters<typeof inNodeFile>[2]) =>
  inNodeFile(NODE_PATHS.keepalivedConf, edit, roles);

const comesUp = (text: RegExp) => ({ check: "the pair comes up", text });
/** What is seen first: by one node's setup, on the wire, or on the interfaces. */
const bothAreMaster =
  /another node announces it|MASTER holder: peer|must send adverts, the primary and the secondary do|it is on the primary and the secondary/;

/** What keepalived is told. */
export const keepalivedConfVariants: readonly Variant[] = [
  {
    name: "misspelt-keyword",
    part,
    breaks: "virtual_ipaddress is misspelt, which keepalived skips",
    mechanism: "havip",
    changes: [inConf(replacing("virtual_ipaddress {", "virtual_ipadress {"))],
    fault: "keepalived-stopped",
    shows: comesUp(/keepalived\.conf/),
  },
  {
    name: "adverts-to-itself",
    part,
    breaks: "each node sends its adverts to itself",
    mechanism: "havip",
    changes: [inConf(replacing(/(unicast_src_ip (\S+)\n\s+unicast_peer \{\n\s+)\S+/, "$1$2"))],
    fault: "keepalived-stopped",
    shows: comesUp(bothAreMaster),
  },
  {
    name: "other-password",
    part,
    breaks: "the nodes have different values of auth_pass",
    mechanism: "secondary-private-ip",
    changes: [inConf(replacing(/auth_pass \S+/, "auth_pass other"), ["secondary"])],
    fault: "keepalived-stopped",
    shows: comesUp(bothAreMaster),
  },
  {
    name: "slow-adverts",
    part,
    breaks: "adverts come every 10 s, and the rest of the pair is told of 1 s",
    mechanism: "havip",
    changes: [inConf(replacing(/advert_int \S+/, "advert_int 10"))],
    fault: "keepalived-stopped",
    shows: comesUp(/BACKUP holder: none/),
  },
  {
    name: "preempting",
    part,
    breaks: "nopreempt is missing: the stronger node takes the address back when it returns",
    mechanism: "secondary-private-ip",
    changes: [inConf(withoutLines(/^\s*nopreempt$/))],
    fault: "keepalived-stopped",
    shows: { check: "the service stays where it is while the pair heals", text: /has taken it back/ },
  },
  {
    name: "no-notify-master",
    part,
    breaks: "keepalived does not notify that it is MASTER",
    mechanism: "secondary-private-ip",
    changes: [inConf(withoutLines(/notify_master /))],
    fault: "keepalived-stopped",
    shows: { check: "the outage is within its bound", text: /through the VIP it lasted \d{4,} ms/ },
  },
  {
    name: "no-notify-backup",
    part,
    breaks: "keepalived does not notify that it is BACKUP",
    mechanism: "havip",
    changes: [inConf(withoutLines(/notify_backup /))],
    fault: "keepalived-stopped",
    shows: { check: "the standby can take over", text: /return as BACKUP did not come/ },
  },
];
