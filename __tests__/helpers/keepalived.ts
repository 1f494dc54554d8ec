import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { isAtLeast } from "../../constructs/render/keepalived-version";
import type { SynthesizedUserData } from "../../constructs/testing/index";

/** Where the distributions install keepalived, which is not on the path of every user. */
const SYSTEM_FOLDERS = ["/usr/sbin", "/sbin"];

/** The folder of what keepalived runs on a node; no part of it may be writable by others than root. */
const LIBEXEC = "/usr/libexec";

const CONF = "/etc/keepalived/keepalived.conf";

/** keepalived before 2.0.7 either has no config test, and then exits with 0 whatever the file says, or a faulty one. */
const FIRST_CONFIG_TEST = "2.0.7";

/** What `keepalived -t` says of a configuration. */
export interface Verdict {
  /** Its exit status; null where it was ended by a signal. */
  readonly status: number | null;
  /** All that it printed. */
  readonly remarks: string;
}

/**
 * The keepalived to try configurations with: from the folder that the environment variable KEEPALIVED_BIN names, else
 * from the path.
 *
 * @returns its file and version, or the reason why it cannot be used here
 */
export function findKeepalived(
  env = process.env,
): { readonly file: string; readonly version: string } | { readonly reason: string } {
  const folders = env["KEEPALIVED_BIN"]
    ? [env["KEEPALIVED_BIN"]]
    : [...(env["PATH"] ?? "").split(delimiter), ...SYSTEM_FOLDERS];
  const file = folders.map((folder) => join(folder, "keepalived")).find((candidate) => existsSync(candidate));
  if (file === undefined) return { reason: `keepalived not available in ${folders.join(delimiter)}` };
  if (process.getuid?.() !== 0) return { reason: "keepalived not available to others than root" };
  if (!existsSync(LIBEXEC)) return { reason: `${LIBEXEC} is not there` };
  const { stdout, stderr } = spawnSync(file, ["-v"], { encoding: "utf8" });
  const version = /Keepalived v([\d.]+)/.exec(stdout + stderr)?.[1] ?? "";
  if (!isAtLeast(version, FIRST_CONFIG_TEST)) return { reason: `keepalived '${version}' has no working config test` };
  const { status, stderr: refusal } = spawnSync("unshare", ["--net", "--mount", "ip", "link"], { encoding: "utf8" });
  return status === 0 ? { file, version } : { reason: `no namespaces can be made here (${refusal.trim()})` };
}

/** A network with the node's interface and address, and the node's scripts; it ends with the command. */
const ON_NODE = `set -e
ip link add name eth0 type veth peer name cable
ip address add "$1/24" dev eth0
ip link set cable up
ip link set eth0 up
mount --bind "$2" ${LIBEXEC}
shift 2
exec "$@"`;

/**
 * Lets keepalived test the configuration that a node's user data writes, on a network with the node's interface and
 * with the scripts that it writes.
 *
 * @param extra what is put behind the configuration
 */
export function keepalivedVerdict(
  keepalived: string,
  { files }: SynthesizedUserData,
  privateIp: string,
  extra = "",
): Verdict {
  const root = mkdtempSync(join(tmpdir(), "keepalived-conf-"));
  try {
    const libexec = join(root, LIBEXEC);
    mkdirSync(libexec, { recursive: true });
    chmodSync(libexec, 0o755);
    for (const [path, { content }] of Object.entries(files)) {
      if (path !== CONF && !path.startsWith(`${LIBEXEC}/`)) continue;
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, path === CONF ? content + extra : content, { mode: path === CONF ? 0o600 : 0o755 });
    }
    const test = [keepalived, "-t", "-f", join(root, CONF)];
    const namespaces = ["--net", "--mount", "--propagation", "private", "--"];
    const { status, stdout, stderr } = spawnSync(
      "unshare",
      [...namespaces, "sh", "-c", ON_NODE, "sh", privateIp, libexec, ...test],
      { encoding: "utf8", timeout: 60_000, killSignal: "SIGKILL" },
    );
    return { status, remarks: (stdout + stderr).trim() };
  } finally {
    rmSync(root, { recursive: true });
  }
}
