import type { Host } from "../node/host.ts";

/**
 * What a takeover needs, for the shell: the level of a line whose command fails, what is looked at and what to do, the
 * command. keepalived -t: it finds fault with a group of 1 vrrp_instance, and with tracking one's own interface. find:
 * keepalived's script security. VRRP: a BACKUP stays one only while it hears the MASTER; what a MASTER's peer hears is
 * known there alone.
 */
const CHECKS = `fail; keepalived must be 1.2.8 or later; (echo v1.2.8;keepalived -v 2>&1|grep -om1 'v[0-9].*'||echo)|sort -CV
fail; Node.js must be 10.19 or later; (echo v10.19;node -v)|sort -CV
warn; keepalived.conf must be correct; ! keepalived -t -f /etc/keepalived/keepalived.conf 2>&1|grep -v '1 v\\|e own'
fail; scripts must be root's alone and executable; ! find /usr/libexec/keepalived /usr/sbin/pairctl ! -user root -o -perm /22 -o ! -perm -100 2>&1|grep .
fail; units must be enabled and active: pairctl undrain; for unit in keepalived migration-hook.timer;do systemctl is-enabled $unit&&systemctl is-active $unit||exit;done
fail; cloud and node must agree; pairctl status
warn; API must answer, its clock and ours agree; pairctl status --json|grep -v NetworkError|grep -E 'skewMs":-?[0-9]{1,5},'
warn; peer should answer pings; ping -c1 -W1 $(sed -n '/unicast_peer/{n;p}' /etc/keepalived/keepalived.conf)
warn; VRRP must be heard by the BACKUP: ask the peer's doctor or allow protocol 112; grep BACKUP /run/migration-hook.wish`;

/** Looks at all that a takeover needs, and changes nothing: one line each; returns 1 where one fails, otherwise 0. */
export function doctor(host: Host, say: (line: string) => void): number {
  let result = 0;
  for (const line of CHECKS.split("\n")) {
    const [level, what, command] = line.split("; ") as [string, string, string];
    const { status, stdout } = host.shell(command);
    say(status ? `${level} ${what}: ${stdout.trim()}` : `ok ${what}`);
    if (status && level === "fail") result = 1;
  }
  return result;
}
