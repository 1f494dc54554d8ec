import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AgentOutcome } from "local-cloud";
import type { VrrpState } from "pairctl/contract";
import type { NodeFile } from "../../src/user-data/unpack.ts";

/**
 * The programs of a node that its scripts call here: each reads and writes the folder of the node's state. They are
 * functions of the shell that runs the script, since most of a test's time would go into starting programs. A node whose
 * settings name the EIP `eip-gone` does not agree with the cloud; nor does a standby whose settings name the further address
 * 10.0.1.102, until the MASTER's name it; nor one whose settings name `eip-lost`, of which its doctor says nothing.
 */
const PROGRAMS = String.raw`
text() { text=; [ ! -s "$NODE$1" ] || read -rd "" text <"$NODE$1"; }
show() { text "$1"; [ -z "$text" ] || printf '%s\n' "$text"; }
has() { text "$1"; [[ $text == *"$2"* ]]; }
disagrees() {
  has /etc/pairctl/settings.json eip-gone && return
  has /etc/pairctl/settings.json 10.0.1.102 && ! has /state/receipts MASTER && ! has /state/served 10.0.1.102
}
pairctl() {
  case "$*" in
  "status --json")
    if disagrees || has /etc/pairctl/settings.json eip-lost; then
      sed 's/"agree":"yes"/"agree":"no"/' "$NODE/state/receipts"
    else
      show /state/receipts
    fi ;;
  doctor)
    if disagrees; then echo "fail cloud and node agree: not that of the settings (see them)"; return 1; fi
    if has /etc/keepalived/keepalived.conf breaks; then echo "fail keepalived: FAULT (look)"; return 1; fi
    show /state/doctor
    [[ $'\n'$text != *$'\n'fail* ]] ;;
  drain) echo disabled >"$NODE/state/enabled" ;;
  undrain) echo enabled >"$NODE/state/enabled" ;;
  *) echo "pairctl of a test: $*"; return 2 ;;
  esac
}
systemctl() {
  case "$1" in
  is-enabled) show /state/enabled ;;
  *) echo "$*" >>"$NODE/state/systemctl" ;;
  esac
}
journalctl() { echo "journal of $2"; }
keepalived() {
  [ "$1" = -v ] && { echo "Keepalived v2.2.7"; return; }
  if grep -q nonsense "$(echo "$*" | sed 's/.*-f //')"; then echo "Unknown keyword 'nonsense'"; return 1; fi
}
`;

/** The lock of a pair. Only its own scripts read it, and what they do depends on the time. */
const LOCK_FILE = "/run/pair.lock";

/**
 * What scripts came to that have changed nothing, by their text and by the files of the node. Many look at a pair that is
 * as others have seen it before: what they would find is known.
 */
const KNOWN = new Map<string, AgentOutcome>();

/**
 * A node without keepalived: what its scripts do is real, in a folder that stands for its root, and what keepalived does
 * is what the test says.
 */
export class FakeNode {
  vrrp: VrrpState = "BACKUP";
  /** Lines of `pairctl doctor`. */
  doctor: string[] = ["ok keepalived"];
  /** What happens when a script has run. */
  onChange: () => Promise<void> = async () => undefined;
  agentStatus: "online" | "offline" | "not installed" = "online";
  /** The scripts that it was given. */
  readonly scripts: string[] = [];

  constructor(
    readonly root: string,
    readonly instanceId: string,
    private readonly vip: string,
  ) {
    this.write("/state/enabled", "enabled\n");
    this.write("/var/lib/pairctl/set-up", "");
    this.write("/run/.keep", "");
  }

  get isDrained(): boolean {
    return this.read("/state/enabled")?.trim() === "disabled";
  }

  /** What of systemctl was called, beside questions. */
  get systemctlCalls(): string[] {
    return (this.read("/state/systemctl") ?? "").split("\n").filter(Boolean);
  }

  read(path: string): string | undefined {
    try {
      return readFileSync(join(this.root, path), "utf8");
    } catch {
      return undefined;
    }
  }

  write(path: string, text: string, mode = 0o644): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
  }

  remove(path: string): void {
    rmSync(join(this.root, path));
  }

  /** Puts the files of its user data in place, as cloud-init does at the first boot. */
  boot(files: readonly NodeFile[]): void {
    for (const { path, content, permissions } of files) this.write(path, content, parseInt(permissions, 8));
  }

  /** Takes all that is in /run away, as a restart does. */
  restart(): void {
    rmSync(join(this.root, "run"), { recursive: true });
    this.write("/run/.keep", "");
  }

  /** Says what the node sees, for the next script: who has the address, and what the MASTER's settings are. */
  sees(holder: "mine" | "peer" | "parked", agree: "yes" | "no" | "unknown", served = ""): void {
    const receipt = { vip: this.vip, vrrp: this.vrrp, holderAfter: holder, agree, version: "0.1.0 test" };
    this.#update("/state/receipts", `${JSON.stringify(receipt)}\n`);
    this.#update("/state/served", served);
    this.#update("/state/doctor", `${this.doctor.join("\n")}\n`);
  }

  /** Notes when the state began, as keepalived's notify script does. */
  notify(state: VrrpState, time = "2026-11-26T03:00:00,123456789+00:00"): void {
    this.vrrp = state;
    this.write("/run/pairctl.notification", `${state} ${time} 1\n`);
  }

  /** Runs a script as the agent would on the node. */
  async run(script: string): Promise<AgentOutcome> {
    this.scripts.push(script);
    const outcome = this.#outcome(script);
    await this.onChange();
    return outcome;
  }

  #outcome(script: string): AgentOutcome {
    if (script.includes(LOCK_FILE)) return this.#execute(script);
    const before = JSON.stringify([script, this.#files()]);
    const known = KNOWN.get(before);
    if (known !== undefined) return known;
    const outcome = this.#execute(script);
    if (JSON.stringify([script, this.#files()]) === before) KNOWN.set(before, outcome);
    return outcome;
  }

  #execute(script: string): AgentOutcome {
    const rooted = script.split("\n").map((line) => this.#rooted(line));
    const text = `exec 2>&1\nNODE='${this.root}'${PROGRAMS}${rooted.join("\n")}`;
    const { status, stdout } = spawnSync("bash", ["-c", text], { cwd: this.root, encoding: "utf8" });
    return { kind: "exited", exitCode: status ?? 1, output: Buffer.from(stdout.replaceAll(this.root, "")) };
  }

  /** All files of the node but the lock, with their modes and their texts. */
  #files(): readonly (readonly [string, number, string])[] {
    return readdirSync(this.root, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = file.slice(this.root.length);
      return entry.isFile() && path !== LOCK_FILE ? [[path, statSync(file).mode, readFileSync(file, "utf8")]] : [];
    });
  }

  /** Writes a file unless it has this text: a disk takes its time. */
  #update(path: string, text: string): void {
    if (this.read(path) !== text) this.write(path, text);
  }

  /** A line of a script with the node's root before each path of a file, and without waiting. */
  #rooted(line: string): string {
    if (line.endsWith(">>$stage/paths")) return line;
    return line
      .replace(/PATH=[\w:/]+/, "PATH=/usr/bin:/bin:/usr/sbin:/sbin")
      .replace(/(?<![\w/.}])\/(etc|run|usr\/libexec|usr\/sbin|var|root)(?=\/|\b)/g, `${this.root}/$1`)
      .replace(/"(\$path|\$\{path%)/g, `"${this.root}$1`)
      .replace(/\bsleep 1\b/, ":");
  }
}
