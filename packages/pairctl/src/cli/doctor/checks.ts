import { AGREEMENT, NODE_CONF, NODE_PATHS, PREFLIGHT, SCRIPTS } from "../../contract/index.ts";
import { statusLine } from "../status.ts";
import { byShell, type Check } from "./check.ts";

/** The cloud refuses signatures that are 300 s off: a third of that is worth a word. */
const MAX_SKEW_MS = 100_000;

/** Whether keepalived has health checks. The build leaves this one out where there are none. */
declare const __HEALTH_CHECKS__: boolean | undefined;
const HAS_HEALTH_CHECKS = typeof __HEALTH_CHECKS__ === "undefined" || __HEALTH_CHECKS__;

// A check that cannot be executed counts as failed: keepalived goes on without it until the watch ends it, and does not start
// again. Ours are run as keepalived runs them; of the user's own, which may do more than look, only the program is looked for.
const HEALTH_CHECKS: Check = {
  level: "fail",
  what: "health checks",
  remedy: "fix the service",
  look: (subject) =>
    byShell(
      subject,
      `. ${NODE_CONF}
for check in $CHECKS; do timeout 10 $check || { echo $check: $?; exit 1; }; done
for check in $(sed -n 's/^ *script "*\\([^" ]*\\).*/\\1/p' ${NODE_PATHS.keepalivedConf}); do command -v $check || { echo no $check; exit 1; }; done`,
    ),
};

/** What a takeover needs of this node and of the cloud, in the order in which it is told. */
export const CHECKS: readonly Check[] = [
  // Versions of keepalived and Node.js, and the node's own address: what systemd asks before each start of keepalived.
  {
    level: "fail",
    what: "ready for keepalived",
    remedy: "install or mend it",
    look: (subject) => byShell(subject, PREFLIGHT),
  },
  // keepalived accepts an empty file, which preflight does not. Before 2.0.7 `-t` is refused, or says that all is well without a look, as
  // Debian 11's does by its exit status; on a good file no version says a word.
  {
    level: "fail",
    what: "keepalived.conf",
    remedy: "fix it",
    look: (subject) =>
      byShell(
        subject,
        `(echo v2.0.7; keepalived -v 2>&1 | grep -om1 'v[0-9].*') | sort -CV || exit 75
! keepalived -t -f ${NODE_PATHS.keepalivedConf} 2>&1 | grep .`,
      ),
  },
  // With enable_script_security keepalived does not run what others than root may write, and says so in its log alone. It
  // decides that when it starts or is reloaded.
  {
    level: "fail",
    what: "scripts",
    remedy: "chown root, chmod 755, reload keepalived",
    look: (subject) =>
      byShell(
        subject,
        `! find ${NODE_PATHS.libexec} ${SCRIPTS} ${NODE_PATHS.command} ! -user root -o -perm /22 -o ! -perm -100 2>&1 | grep .`,
      ),
  },
  ...(HAS_HEALTH_CHECKS ? [HEALTH_CHECKS] : []),
  // What does not start at boot leaves the pair without a standby at the next reboot.
  {
    level: "fail",
    what: "units",
    remedy: "pairctl undrain",
    look: (subject) =>
      byShell(
        subject,
        "for check in keepalived pairctl pairctl.timer; do systemctl -q is-enabled $check && systemctl -q is-active $check || { echo no $check; exit 1; }; done",
      ),
  },
  // In FAULT, stopped or dead, this node neither serves nor can take over.
  {
    level: "fail",
    what: "keepalived",
    remedy: "journalctl -u keepalived",
    look: ({ first: { vrrp } }) => (/MASTER|BACKUP/.test(`${vrrp}`) ? undefined : vrrp),
  },
  // A MASTER that has the address and its EIP, or a BACKUP whose peer has them. Without a role nothing can be asked.
  {
    level: "fail",
    what: AGREEMENT,
    remedy: "see receipts, peer",
    look({ receipts }) {
      const bad = receipts.filter(({ agree }) => agree !== "yes");
      if (!bad.length) return undefined;
      const found = bad.map(statusLine).join("; ");
      return bad.some(({ verdict }) => verdict !== "unverified") ? found : { unknown: found };
    },
  },
  // An endpoint that does not answer costs every run 2 s, though another one does.
  {
    level: "warn",
    what: "API",
    remedy: "see route, security group",
    look({ receipts }) {
      const told = JSON.stringify(receipts);
      if (/"NetworkError"/.test(told)) return "no answer";
      return /"requestId"/.test(told) ? undefined : { unknown: "not told" };
    },
  },
  // Logs of nodes whose clocks differ cannot be compared.
  {
    level: "warn",
    what: "clock",
    remedy: "NTP",
    look({ receipts }) {
      const skew = Math.max(...receipts.map(({ skewMs }) => Math.abs(Number(skewMs))));
      if (isNaN(skew)) return { unknown: "not told" };
      return skew < MAX_SKEW_MS ? undefined : `${skew} ms off`;
    },
  },
];
