import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SOURCE } from "./apt-repository.ts";
import { AGENT_UNIT } from "./automation-agent.ts";
import { AUTHORITY_PATH } from "./node-environment.ts";
import type { StackNode } from "../stack/stack.ts";

const RESPONDER = fileURLToPath(new URL("../../assets/responder.py", import.meta.url));

/** Units that do nothing for a rehearsal but take time at boot, or would ask a network that is not there. */
const MASKED = [
  "apt-daily.timer",
  "apt-daily-upgrade.timer",
  "dpkg-db-backup.timer",
  "e2scrub_all.timer",
  "fstrim.timer",
  "systemd-timesyncd.service",
  "systemd-resolved.service",
  "systemd-networkd.service",
  "console-getty.service",
  "getty.target",
];

/** Units that are started at each boot. */
export const ENABLED = ["responder.service", "tat_agent.service"] as const;

/** What the disk of a node has beside its root filesystem, whichever that is. */
export interface NodeFilesOptions {
  readonly node: StackNode;
  /** What the cloud makes of the user data. */
  readonly userData: Buffer;
  /** Addresses of the host names that the user data's settings name. */
  readonly hosts: Readonly<Record<string, string>>;
  /** The authority's certificate, PEM. */
  readonly authority: string;
  /** Whether the disk has a repository of packages. */
  readonly hasPackages: boolean;
}

/** Files by path relative to the root; `null` for a unit that is masked. */
export function nodeFiles({
  node,
  userData,
  hosts,
  authority,
  hasPackages,
}: NodeFilesOptions): Record<string, string | Buffer | null> {
  const names = Object.entries(hosts).map(([name, address]) => `${address} ${name}\n`);
  return {
    ...Object.fromEntries(MASKED.map((unit) => [`etc/systemd/system/${unit}`, null])),
    "var/lib/cloud/seed/nocloud/user-data": userData,
    "var/lib/cloud/seed/nocloud/meta-data": `instance-id: ${node.instanceId}\nlocal-hostname: ${node.instanceName}\n`,
    // A node has no network to fetch packages by: with no sources at all, `apt-get update` succeeds at once.
    "etc/apt/sources.list": hasPackages ? SOURCE : "",
    "etc/apt/apt.conf.d/99-rehearsal": 'Dir::Etc::SourceParts "/dev/null";\n',
    "etc/resolv.conf": "",
    "etc/cloud/cloud.cfg.d/99-rehearsal.cfg":
      "datasource_list: [NoCloud, None]\nnetwork: {config: disabled}\nlocale: C.UTF-8\napt: {preserve_sources_list: true}\n",
    "etc/hosts": `127.0.0.1 localhost\n127.0.1.1 ${node.instanceName}\n${names.join("")}`,
    "etc/hostname": `${node.instanceName}\n`,
    [AUTHORITY_PATH.slice(1)]: authority,
    "etc/systemd/system.conf.d/rehearsal.conf": `[Manager]\nDefaultEnvironment=NODE_EXTRA_CA_CERTS=${AUTHORITY_PATH}\n`,
    "etc/rehearsal/responder.py": readFileSync(RESPONDER),
    "etc/systemd/system/responder.service": `[Service]\nExecStart=/usr/bin/python3 /etc/rehearsal/responder.py ${node.role}\nRestart=always\nOOMScoreAdjust=-1000\n`,
    "etc/systemd/system/tat_agent.service": AGENT_UNIT,
  };
}
