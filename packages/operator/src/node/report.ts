import { createHash } from "node:crypto";
import { NODE_PATHS, SETUP_PATHS, VRRP_STATES, type Agreement, type VrrpState } from "pairctl/contract";
import type { NodeFile } from "../user-data/unpack.ts";

/** What `pairctl status --json` says of an address, as far as it is used here. */
export interface NodeReceipt {
  readonly vip?: string;
  readonly vrrp?: VrrpState;
  readonly holderAfter?: string;
  readonly agree: Agreement;
  readonly message?: string;
  readonly version?: string;
}

/** What a node says of itself. */
export interface NodeReport {
  /** keepalived's state; undefined where the node could not tell. */
  readonly vrrp: VrrpState | undefined;
  /** Since when it is that, by its last notification; undefined where there is none, or another one. */
  readonly since: string | undefined;
  readonly receipts: readonly NodeReceipt[];
  /** The lines of `pairctl doctor`. */
  readonly doctor: readonly string[];
  /** Whether keepalived starts at boot: `pairctl drain` takes that away. */
  readonly isDrained: boolean;
  readonly isSetUp: boolean;
  /** Whether it is `pair roll` that has drained it. */
  readonly isRolling: boolean;
  /** The paths of files that are not as the stack has them. */
  readonly differingFiles: readonly string[];
}

/** What `pair roll` leaves on a node that it has drained: a person's own drain is not for it to end. */
export const ROLLING_MARK = `${SETUP_PATHS.setupState}/rolling`;

/** Files that are not looked at: those of the user's own, which may change on the node, are theirs. */
const OURS = new Set<string>([
  NODE_PATHS.settings,
  NODE_PATHS.keepalivedConf,
  NODE_PATHS.notify,
  NODE_PATHS.notifyUser,
  NODE_PATHS.command,
  NODE_PATHS.yield,
  ...Object.values(SETUP_PATHS),
]);

/** A health check's script. */
const HEALTH_CHECK = new RegExp(`^${NODE_PATHS.libexec}/check_service_\\d+$`);

/** Whether a file of the user data is the pair's own, and not one that the user has added. */
export function isOurs({ path }: NodeFile): boolean {
  return OURS.has(path) || HEALTH_CHECK.test(path);
}

const SECTIONS = ["status", "doctor", "notification", "enabled", "set-up", "rolling", "interface", "files"] as const;

/** A part of what {@link reportScript} writes. */
type Section = (typeof SECTIONS)[number];

/** The script that lets a node report, in sections that begin with a line `@@ name`. It changes nothing. */
export function reportScript(files: readonly NodeFile[]): string {
  const commands: Record<Section, string> = {
    status: "pairctl status --json",
    doctor: "pairctl doctor",
    notification: `cat ${NODE_PATHS.statePrefix}notification`,
    enabled: "systemctl is-enabled keepalived",
    "set-up": `ls ${SETUP_PATHS.setUp}`,
    rolling: `ls ${ROLLING_MARK}`,
    interface: `sed -n 's/^    interface //p' ${NODE_PATHS.keepalivedConf} | head -n 1`,
    files: `sha256sum ${files
      .filter(isOurs)
      .map(({ path }) => path)
      .join(" ")}`,
  };
  const lines = SECTIONS.map((name) => `echo '@@ ${name}'; ${commands[name]} 2>/dev/null`);
  return ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", ...lines, "exit 0", ""].join("\n");
}

/**
 * Reads what {@link reportScript} has written.
 *
 * @param files what the stack says the files must be
 */
export function parseReport(output: string, files: readonly NodeFile[]): NodeReport {
  const section = sectionsOf(output);
  const receipts = section("status").flatMap(receiptOf);
  const vrrp = receipts.map((receipt) => receipt.vrrp).find((state) => state && VRRP_STATES.includes(state));
  const [state = "", time] = (section("notification")[0] ?? "").split(" ");
  return {
    vrrp,
    since: state.replace("_RX_LOWER_PRI", "") === vrrp ? time : undefined,
    receipts,
    doctor: section("doctor"),
    isDrained: section("enabled")[0] === "disabled",
    isSetUp: section("set-up").length > 0,
    isRolling: section("rolling").length > 0,
    differingFiles: differing(section("files"), files.filter(isOurs), section("interface")[0] ?? ""),
  };
}

function sectionsOf(output: string): (name: Section) => string[] {
  const sections = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of output.split("\n")) {
    if (line.startsWith("@@ ")) sections.set(line.slice("@@ ".length), (current = []));
    else if (line.trim() !== "") current.push(line);
  }
  return (name) => sections.get(name) ?? [];
}

/** A line that is no receipt says what keeps pairctl from making one: the doctor tells the same. */
function receiptOf(line: string): NodeReceipt[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "agree" in value ? [value as NodeReceipt] : [];
  } catch {
    return [];
  }
}

function differing(sums: readonly string[], files: readonly NodeFile[], interfaceName: string): string[] {
  const found = new Map(sums.map((line) => [line.slice(66), line.slice(0, 64)]));
  return files.filter((file) => found.get(file.path) !== sha256(onNode(file, interfaceName))).map(({ path }) => path);
}

/** A file's text as it is on a node: `preflight` puts the name of the node's own interface into keepalived.conf. */
export function onNode({ path, content }: NodeFile, interfaceName: string): string {
  if (path !== NODE_PATHS.keepalivedConf || interfaceName === "") return content;
  const named = /^ {4}interface (\S+)/m.exec(content)?.[1];
  if (named === undefined || named === interfaceName) return content;
  // As preflight does it: the first one of each line.
  return content.replace(new RegExp(`^(.*?)\\b${named}\\b`, "gm"), `$1${interfaceName}`);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
