import { NODE_PATHS } from "pairctl/contract";
import { type Edit, replacing } from "../change.ts";
import { inNodeFile, inPermissions } from "../user-data.ts";
import type { Variant } from "../variant.ts";

const part = "notify";
const inNotify = (edit: Edit) => inNodeFile(NODE_PATHS.notify, edit);

/** What keepalived calls on a change of state. */
export const notifyVariants: readonly Variant[] = [
  {
    name: "notify-not-executable",
    part,
    breaks: "the notify script cannot be executed, which keepalived says in its log alone",
    mechanism: "secondary-private-ip",
    changes: [inPermissions(NODE_PATHS.notify, "0644")],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /scripts.*notify/ },
  },
  {
    name: "notify-loses-the-state",
    part,
    breaks: "the notify script loses the state that it is told",
    mechanism: "havip",
    changes: [inNotify(replacing("state=$1", "state="))],
    fault: "keepalived-stopped",
    shows: { check: "the standby can take over", text: /its last notification was nothing/ },
  },
  {
    name: "notify-wakes-nobody",
    part,
    breaks: "the notify script writes the notification down where nobody looks for it",
    mechanism: "secondary-private-ip",
    changes: [inNotify(replacing("notification=/run/pairctl.notification", "notification=/run/pairctl.elsewhere"))],
    fault: "notified-during-a-run",
    shows: { check: "the fault can be made to happen", text: /receipt for a notification/ },
  },
];
