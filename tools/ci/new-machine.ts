import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { aptSettings } from "../../packages/rehearsal/src/machine/apt-settings";
import { DEBIAN_SUITES, type DebianVersion } from "../../packages/rehearsal/src/nodes/debian";

/**
 * The first process of the namespaces, which runs the script that it is given and then waits until whatever that started has
 * ended, for 30 s at most: with its first process the kernel ends all others, those too that clean up after an interruption.
 */
const FIRST_PROCESS = `trap : INT
bash -exc "$0" && status=0 || status=$?
for attempt in $(seq 300); do
  set -- /proc/[0-9]*
  [ $# -gt 1 ] || break
  sleep 0.1
done
exit "$status"`;

/**
 * A shell script's first lines, run as the first process of mount and process namespaces: they make a folder the root.
 * Nothing of them is left when the script ends.
 */
const ENTER = `set -e
mount --bind "$1" "$1"
for folder in dev sys; do mount --rbind /$folder "$1/$folder"; done
mount -t proc proc "$1/proc"
for folder in run tmp; do mount -t tmpfs tmpfs "$1/$folder"; done
cd "$1"
mkdir -p .old
pivot_root . .old
umount -l .old
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \\
  DEBIAN_FRONTEND=noninteractive \${3:+NODE_EXTRA_CA_CERTS=$3 npm_config_cafile=$3} bash -c '${FIRST_PROCESS}' "$2"`;

/** Where this machine's certificates are on the new one; it has its own, which may lack those of a proxy. */
const CERTIFICATES = "/etc/certificates-of-the-network.pem";

/** A Debian that has just been installed. */
export class NewMachine implements Disposable {
  readonly #work = mkdtempSync(join(tmpdir(), "newcomer-"));
  readonly path = join(this.#work, "root");
  readonly #certificates = process.env["NODE_EXTRA_CA_CERTS"];

  /** @throws where it cannot be made */
  async install(debian: DebianVersion): Promise<void> {
    const { sources, options } = await aptSettings(DEBIAN_SUITES[debian]);
    // It does not outlive this test: that each of its files is safe on the disk need not be waited for.
    const args = ["--variant=minbase", "--include=ca-certificates", "--dpkgopt=force-unsafe-io"];
    args.push(...options.map((option) => `--aptopt=${option}`));
    const { status, stderr } = spawnSync("mmdebstrap", [...args, DEBIAN_SUITES[debian], this.path, ...sources], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`mmdebstrap failed with status ${status}:\n${stderr.slice(-2000)}`);
    cpSync("/etc/resolv.conf", join(this.path, "etc/resolv.conf"), { dereference: true });
    if (this.#certificates !== undefined)
      cpSync(this.#certificates, join(this.path, CERTIFICATES), { dereference: true });
  }

  /** Lets it clone from an address what a checkout's last commit is. */
  offer(checkout: string, origin: string): void {
    const repository = join(this.path, "srv/repository.git");
    const { status, stderr } = spawnSync("git", ["clone", "--quiet", "--bare", checkout, repository], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`git clone failed with status ${status}: ${stderr}`);
    writeFileSync(join(this.path, "etc/gitconfig"), `[url "/srv/repository.git"]\n\tinsteadOf = ${origin}\n`);
  }

  /**
   * Runs a script in its home.
   *
   * @param until ends it, as Ctrl-C does, at the first line that fits
   * @returns how long it took until then, or to its end, in s
   * @throws where it fails
   */
  async run(script: string, until?: RegExp): Promise<number> {
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    const entering = ["--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "--"];
    const inside = ["bash", "-c", ENTER, "enter", this.path, `cd\n${script}`];
    if (this.#certificates !== undefined) inside.push(CERTIFICATES);
    const child = spawn("unshare", [...entering, ...inside], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
    let reached: number | undefined;
    createInterface({ input: child.stdout }).on("line", (line) => {
      console.log(line);
      if (reached !== undefined || until?.test(line) !== true) return;
      reached = seconds();
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    });
    const status = await new Promise((resolve) => child.once("close", resolve));
    if (reached !== undefined) return reached;
    if (status !== 0 || until !== undefined) throw new Error(`it ended with status ${String(status)}: ${script}`);
    return seconds();
  }

  [Symbol.dispose](): void {
    rmSync(this.#work, { recursive: true, force: true });
  }
}
