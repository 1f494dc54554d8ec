import { NODE_PATHS } from "../../contract/index.ts";
import { statusLine } from "../status.ts";
import { byShell, type Check, isAtLeast } from "./check.ts";
import { healthChecks } from "./health-checks.ts";

const { command, keepalivedConf, libexec } = NODE_PATHS;

/** The cloud refuses signatures that are 300 s off: a third of that is worth a word. */
const MAX_SKEW_MS = 100_000;

/** All that a takeover needs, in the order in which it is told. */
export const CHECKS: readonly Check[] = [
  // unicast_peer came with it: an older one speaks multicast, which the VPC drops, and every node is MASTER.
  {
    level: "fail",
    what: "keepalived must be 1.2.8 or later",
    remedy: "install a newer one",
    look({ host }) {
      const { stdout } = host.shell("keepalived -v");
      return isAtLeast(stdout, "1.2.8") ? undefined : stdout.trim();
    },
  },
  // The oldest that the tests run the hook on, and that an image has a package for.
  {
    level: "fail",
    what: "Node.js must be 10.19 or later",
    remedy: "install a newer one",
    look: ({ host: { nodeVersion } }) => (isAtLeast(nodeVersion, "10.19") ? undefined : nodeVersion),
  },
  // Before 2.0.7 `-t` is refused, or says that all is well without a look.
  {
    level: "fail",
    what: "keepalived.conf must be correct",
    remedy: `mend ${keepalivedConf}`,
    look(subject) {
      const { stdout } = subject.host.shell("keepalived -v");
      if (!isAtLeast(stdout, "2.0.7")) return { unknown: "it cannot be tested before 2.0.7" };
      return byShell(subject, `keepalived -t -f ${keepalivedConf}`);
    },
  },
  // With enable_script_security keepalived does not run what others than root may write, and says so in its log alone.
  {
    level: "fail",
    what: "scripts must be root's alone and executable",
    remedy: "chown root, chmod 755",
    look: (subject) =>
      byShell(subject, `! find ${libexec} /usr/libexec/migration-hook ${command} ! -user root -o -perm /22 -o ! -perm -100 2>&1|grep .`),
  },
  // A check that cannot be executed is a failed one to keepalived: FAULT, for good.
  {
    level: "fail",
    what: "health checks must be executable and succeed",
    remedy: "install what is missing, or mend the service",
    look: healthChecks,
  },
  // What does not start at boot leaves the pair without a standby at the next reboot.
  {
    level: "fail",
    what: "units must be enabled and active",
    remedy: "pairctl undrain",
    look: (subject) =>
      byShell(
        subject,
        "for unit in keepalived migration-hook.timer;do systemctl is-enabled $unit&&systemctl is-active $unit||exit;done",
      ),
  },
  // In FAULT, stopped or dead, this node neither serves nor can take over.
  {
    level: "fail",
    what: "keepalived must be MASTER or BACKUP",
    remedy: "journalctl -u keepalived",
    look: ({ receipts: [first] }) => (/MASTER|BACKUP/.test(`${first?.vrrp}`) ? undefined : `it is ${first?.vrrp}`),
  },
  // A MASTER that has the address and its EIP, or a BACKUP whose peer has them. Without a role nothing can be asked.
  {
    level: "fail",
    what: "cloud and node must agree",
    remedy: "see the role's policy, the endpoint, the EIP",
    look({ receipts }) {
      const bad = receipts.filter(({ agree }) => agree !== "yes");
      const found = bad.map(statusLine).join("; ");
      return bad.length > 0 && bad.every(({ verdict }) => verdict === "unverified")
        ? { unknown: found }
        : found || undefined;
    },
  },
  // An endpoint that does not answer costs every run 2 s, though another one does.
  {
    level: "warn",
    what: "API must answer",
    remedy: "route, security group, proxy",
    look: ({ receipts }) =>
      receipts.some(({ calls = [] }) => calls.some(({ code }) => code === "NetworkError")) ? "NetworkError" : undefined,
  },
  // Logs of nodes whose clocks differ cannot be compared.
  {
    level: "warn",
    what: "the cloud's clock and ours must agree",
    remedy: "NTP",
    look({ receipts }) {
      const skews = receipts.map(({ skewMs }) => skewMs ?? NaN);
      if (skews.some(isNaN)) return { unknown: "the cloud has not told the time" };
      return skews.every((ms) => Math.abs(ms) < MAX_SKEW_MS) ? undefined : `${skews} ms`;
    },
  },
  // Where the nodes cannot reach each other at all, VRRP cannot either. An image need not have ping.
  {
    level: "warn",
    what: "peer should answer pings",
    remedy: "see the peer's doctor",
    look: (subject) => byShell(subject, `ping -c1 -W1 ${subject.peerIp}`),
  },
  // A BACKUP stays one only while it hears the MASTER; what a MASTER's peer hears is known there alone.
  {
    level: "warn",
    what: "VRRP must be heard by the BACKUP",
    remedy: "allow IP protocol 112",
    look: ({ receipts: [first] }) => (first?.vrrp === "BACKUP" ? undefined : { unknown: "ask the peer's doctor" }),
  },
];
