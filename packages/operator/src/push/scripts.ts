import { NODE_CONF, NODE_PATHS, SETUP_PATHS } from "pairctl/contract";
import { gzipSync } from "node:zlib";
import { DISAGREEMENT } from "../node/doctor.ts";
import { NODE_PATH_LINE } from "../node/run-on.ts";
import type { NodeFile } from "../user-data/unpack.ts";

/** Where what is delivered waits on a node, and what it has replaced is kept: `new`, `old`, and the list `paths`. */
const STAGE = "/var/lib/pairctl/push";

/** Line by line what keepalived says on the wire: nodes that differ in it do not hear each other. */
const ON_THE_WIRE = "version|vrrp_version|virtual_router_id|auth_type|auth_pass|advert_int|unicast_peer|unicast_src_ip";

/** What {@link checkScript} says where both nodes have to change at once. */
export const WIRE_CHANGES = "@@ wire";

/** How long a node has to be well after its files were replaced, in seconds, without a break. */
const STABLE_S = 5;

/** Within how many seconds that has to begin. */
const SETTLE_S = 30;

/** The longest that {@link putScript} runs: it settles, or is put back and settles again. */
export const PUT_TIMEOUT_S = 180;

/** The longest that {@link checkScript} runs, which may have to install a package. */
export const CHECK_TIMEOUT_S = 300;

/**
 * The script that brings files to a node and tries them there, beside those that are in use: packages that they need,
 * keepalived's own test, pairctl's start, and each health check once. It replaces nothing. It says why, and exits with 1,
 * where the node does not accept them.
 */
export function checkScript(files: readonly NodeFile[]): string {
  const conf = `$new${NODE_PATHS.keepalivedConf}`;
  return [
    NODE_PATH_LINE,
    "export DEBIAN_FRONTEND=noninteractive",
    `stage=${STAGE} new=${STAGE}/new`,
    'refuse() { echo "$*"; exit 1; }',
    'rm -rf "$stage"; mkdir -p "$new"; chmod 700 "$stage"',
    ...files.map(writeCommand),
    // The setup's own rule: nodejs is the package of the command node.
    `conf="$new${NODE_CONF}"; [ -e "$conf" ] || conf=${NODE_CONF}`,
    '. "$conf"',
    "for package in $PACKAGES; do",
    "  command=$package; [ $package = nodejs ] && command=node",
    "  command -v $command >/dev/null && continue",
    "  if command -v apt-get >/dev/null; then apt-get update -q && apt-get install -q -y $package; else yum -y install $package; fi >$stage/install 2>&1 ||",
    '    refuse "the package $package could not be installed: $(tail -n 1 $stage/install)"',
    "done",
    `[ ! -e "$new${NODE_PATHS.command}" ] || report=$("$new${NODE_PATHS.command}" --version 2>&1) ||`,
    '  refuse "pairctl does not start: $report"',
    "for check in $CHECKS; do",
    '  [ -e "$new$check" ] || continue',
    '  timeout 10 "$new$check" >$stage/check 2>&1; status=$?',
    '  [ $status = 0 ] || refuse "the health check $check ends with $status: $(tail -n 1 $stage/check) (a node whose check fails serves nobody: fix the service or the check)"',
    "done",
    `if [ -e "${conf}" ]; then`,
    // As preflight does: the interface is that which has the node's address.
    `  named=$(sed -n 's/^    interface //p' "${conf}" | head -n 1)`,
    `  own=$(sed -n 's/^    interface //p' ${NODE_PATHS.keepalivedConf} | head -n 1)`,
    `  [ "$named" = "$own" ] || [ -z "$own" ] || sed -i "s/\\b$named\\b/$own/" "${conf}"`,
    `  if (echo v2.0.7; keepalived -v 2>&1 | grep -om1 'v[0-9].*') | sort -CV; then`,
    // Its scripts are not in place yet, and keepalived looks for them.
    `    sed "s# ${NODE_PATHS.libexec}/check_# $new${NODE_PATHS.libexec}/check_#; s#\\"${NODE_PATHS.libexec}/check_#\\"$new${NODE_PATHS.libexec}/check_#" "${conf}" >$stage/tried.conf`,
    "    for check in $CHECKS; do",
    '      [ -e "$new$check" ] || sed -i "s#$new$check#$check#" $stage/tried.conf',
    "    done",
    '    report=$(keepalived -t -f $stage/tried.conf 2>&1) && [ -z "$report" ] || refuse "keepalived does not accept its configuration: $report"',
    "  fi",
    `  wire() { grep -Ew '${ON_THE_WIRE}' "$1" | sort; }`,
    `  [ "$(wire "${conf}")" = "$(wire ${NODE_PATHS.keepalivedConf})" ] || echo '${WIRE_CHANGES}'`,
    "fi",
    "exit 0",
    "",
  ].join("\n");
}

/** Writes a file below the stage, with the mode that its user data gives it, and notes its path. */
function writeCommand({ path, content, permissions }: NodeFile): string {
  const packed = gzipSync(content, { level: 9 }).toString("base64");
  return [
    `mkdir -p "$new${path.slice(0, path.lastIndexOf("/"))}"`,
    `echo '${packed}' | base64 -d | gunzip >"$new${path}" || refuse "no room for ${path}"`,
    `chmod ${permissions} "$new${path}"; echo '${path}' >>$stage/paths`,
  ].join("\n");
}

/** What a node is while it gets files: the standby of a node that has the old ones still, the one that serves, or stopped. */
export type Turn = "awaits its peer" | "serves" | "stopped";

/** What has to be done so that the new files count. */
interface Reloads {
  readonly units: boolean;
  readonly keepalived: boolean;
  readonly pairctl: boolean;
  readonly timer: boolean;
}

function reloadsOf(paths: readonly string[]): Reloads {
  const has = (...wanted: readonly string[]) => paths.some((path) => wanted.includes(path));
  return {
    units: paths.some((path) => path.startsWith("/etc/systemd/")),
    keepalived: has(NODE_PATHS.keepalivedConf),
    pairctl: has(NODE_PATHS.settings, NODE_PATHS.command, SETUP_PATHS.pairctlService),
    timer: has(SETUP_PATHS.pairctlTimer),
  };
}

/** A function of the shell that makes what lies there now count. keepalived goes on in its state while it reloads. */
function useFunction(paths: readonly string[], isStopped: boolean): string {
  const { units, keepalived, pairctl, timer } = reloadsOf(paths);
  return [
    "use() {",
    ...(units ? ["  systemctl daemon-reload"] : []),
    ...(pairctl ? ["  systemctl restart pairctl"] : []),
    ...(timer ? ["  systemctl restart pairctl.timer"] : []),
    ...(keepalived && !isStopped ? ["  systemctl reload keepalived"] : []),
    "  :",
    "}",
  ].join("\n");
}

/**
 * A function of the shell that waits until the node is well, and stays so; it says what is not. It is well where its doctor
 * finds nothing that fails, beside what is ignored: a pattern of grep.
 */
const SETTLED_FUNCTION = `settled() {
  well=0 ignored=$1
  for second in $(seq ${SETTLE_S + STABLE_S}); do
    sleep 1
    report=$(pairctl doctor); status=$?
    failing=$(echo "$report" | grep '^fail' | grep -v "$ignored")
    if [ -n "$report" ] && [ $status -le 1 ] && [ -z "$failing" ]; then well=$((well + 1)); else well=0; fi
    [ $well -lt ${STABLE_S} ] || return 0
  done
  echo "\${failing:-$report}"
  return 1
}`;

/** A function of the shell that puts back what was there before. */
const RESTORE_FUNCTION = `restore() {
  while read -r path; do
    if [ -e "$stage/old$path" ]; then cp -p "$stage/old$path" "$path.pair" && mv "$path.pair" "$path"; else rm -f "$path"; fi
  done <$stage/paths
}`;

/**
 * The script that puts in place what {@link checkScript} has brought, lets it count, and waits until the node is well with
 * it. Where it does not become well, everything is put back, and the script says why and exits with 1: also when nobody
 * is there any more who could do it from outside.
 *
 * @param paths of the files
 * @param turn `stopped`: keepalived reads the files when it starts, and there is nothing to wait for; `awaits its peer`: what
 * the node and the cloud disagree about does not count, since nobody has a further address yet
 */
export function putScript(paths: readonly string[], turn: Turn): string {
  const isStopped = turn === "stopped";
  // What no line of a doctor begins with is ignored where all of them count.
  const settled = `settled '^${turn === "awaits its peer" ? DISAGREEMENT : "nothing"}'`;
  return [
    ...beginning(paths, isStopped),
    SETTLED_FUNCTION,
    '[ -s $stage/paths ] || { echo "nothing was brought here"; exit 1; }',
    "while read -r path; do",
    '  mkdir -p "${path%/*}" "$stage/old${path%/*}"',
    '  [ ! -e "$path" ] || cp -p "$path" "$stage/old$path"',
    "done <$stage/paths",
    "while read -r path; do",
    '  cp -p "$stage/new$path" "$path.pair" && mv "$path.pair" "$path" || { restore; echo "no room for $path"; exit 1; }',
    "done <$stage/paths",
    "use",
    ...(isStopped ? [] : [`${settled} || {`, `  restore; use; ${settled} >/dev/null`, "  exit 1", "}"]),
    "exit 0",
    "",
  ].join("\n");
}

/** The script that puts back what {@link putScript} has replaced, once it has ended. */
export function restoreScript(paths: readonly string[], isStopped: boolean): string {
  return [...beginning(paths, isStopped), "restore", "use", "exit 0", ""].join("\n");
}

function beginning(paths: readonly string[], isStopped: boolean): string[] {
  return [NODE_PATH_LINE, `stage=${STAGE}`, RESTORE_FUNCTION, useFunction(paths, isStopped)];
}
