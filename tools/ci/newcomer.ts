// Does what README.md says, word for word, on a machine that has just been installed, and measures how long it takes:
// npm run newcomer -- --help
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { parseDocument } from "yaml";
import { aptSettings } from "../../packages/rehearsal/src/machine/apt-settings";
import { DEBIAN_SUITES, type DebianVersion } from "../../packages/rehearsal/src/nodes/debian";
import { commandsOf, shellBlocks } from "../docs/commands";

const ROOT = join(__dirname, "../..");

/** How the command is used. */
const USAGE = `usage: npm run newcomer [-- options]
Follows README.md on a new Debian, as root: prepares it, clones this checkout's last commit, lets a pair fail over, does it
again, and rehearses settings of its own.
  --debian N     12 or 13 (default: 13)
  --patience N   how many times as long everything may take (default: 1)
exit status: 0 it worked in time, 1 it did not, 2 wrong usage`;

/** What the rehearsal prints of a failover that went as it must. */
const PASSED = /^ *all checks passed$/;

/** How long a newcomer waits, in s: from the clone to the first failover, the second time, and with settings of one's own. */
const BOUNDS_S = { cold: 300, warm: 60, own: 600 };

/** The commands of the README, by what they are for. */
export interface NewcomersCommands {
  /** Make the machine ready. */
  readonly prepare: readonly string[];
  /** The whole block from the clone to the failover. */
  readonly start: string;
  /** The folder that the clone makes. */
  readonly folder: string;
  /** Where it clones from. */
  readonly origin: string;
  /** The failover by itself. */
  readonly again: string;
  /** Rehearses settings of one's own. */
  readonly own: string;
}

/**
 * Finds them by what they do.
 *
 * @throws where the README lacks one
 */
export function newcomersCommands(readme: string, debian: DebianVersion): NewcomersCommands {
  const blocks = shellBlocks(readme);
  const blockWith = (sign: string) => {
    const found = blocks.find((block) => block.includes(sign));
    if (found === undefined) throw new Error(`README.md has no block of shell with '${sign}'`);
    return found;
  };
  const start = blockWith("git clone");
  const [, origin = ""] = /git clone (\S+)/.exec(start) ?? [];
  const [, folder = ""] = /^cd (\S+)$/m.exec(start) ?? [];
  const isForThis = (command: string) => !command.includes("# only on") || command.includes(`Debian ${debian}`);
  return {
    prepare: commandsOf(blockWith("apt-get install")).filter(isForThis),
    start,
    folder,
    origin,
    again: commandsOf(start).at(-1)?.split("&&").at(-1)?.trim() ?? "",
    own: commandsOf(blockWith("npm start -- --fault"))[0] ?? "",
  };
}

/** The first edits that people make of pair.yaml, in the text of that file. */
export function editedSettings(text: string): string {
  const settings = parseDocument(text);
  const edits: Readonly<Record<string, unknown>> = {
    name: "newcomer",
    region: "ap-guangzhou",
    "network.availabilityZone": "ap-guangzhou-6",
    image: "debian-12",
    vip: "10.0.1.200",
    healthCheck: { command: "systemctl is-active --quiet dbus" },
  };
  for (const [path, value] of Object.entries(edits)) settings.setIn(path.split("."), value);
  return settings.toString();
}

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
  DEBIAN_FRONTEND=noninteractive \${3:+NODE_EXTRA_CA_CERTS=$3 npm_config_cafile=$3} bash -exc "$2"`;

/** Where this machine's certificates are on the new one; it has its own, which may lack those of a proxy. */
const CERTIFICATES = "/etc/certificates-of-the-network.pem";

/** A Debian that has just been installed. */
class NewMachine implements Disposable {
  readonly #work = mkdtempSync(join(tmpdir(), "newcomer-"));
  readonly path = join(this.#work, "root");
  readonly #certificates = process.env["NODE_EXTRA_CA_CERTS"];

  /** @throws where it cannot be made */
  async install(debian: DebianVersion): Promise<void> {
    const { sources, options } = await aptSettings(DEBIAN_SUITES[debian]);
    const args = ["--variant=minbase", "--include=ca-certificates", ...options.map((option) => `--aptopt=${option}`)];
    const { status, stderr } = spawnSync("mmdebstrap", [...args, DEBIAN_SUITES[debian], this.path, ...sources], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`mmdebstrap failed with status ${status}:\n${stderr.slice(-2000)}`);
    // It does not outlive this test: that each of its files is safe on the disk need not be waited for.
    writeFileSync(join(this.path, "etc/dpkg/dpkg.cfg.d/unsafe-io"), "force-unsafe-io\n");
    cpSync("/etc/resolv.conf", join(this.path, "etc/resolv.conf"), { dereference: true });
    if (this.#certificates !== undefined)
      cpSync(this.#certificates, join(this.path, CERTIFICATES), { dereference: true });
  }

  /** Lets it clone from an address what this checkout's last commit is. */
  offer(origin: string): void {
    const repository = join(this.path, "srv/repository.git");
    const { status, stderr } = spawnSync("git", ["clone", "--quiet", "--bare", ROOT, repository], { encoding: "utf8" });
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

async function main(debian: DebianVersion, patience: number): Promise<number> {
  const { prepare, start, folder, origin, again, own } = newcomersCommands(
    readFileSync(join(ROOT, "README.md"), "utf8"),
    debian,
  );
  using machine = new NewMachine();
  await machine.install(debian);
  machine.offer(origin);
  await machine.run(prepare.join("\n"));
  const cold = await machine.run(start, PASSED);
  const warm = await machine.run(`cd ${folder}\n${again}`, PASSED);
  const settings = join(machine.path, "root", folder, "pair.yaml");
  writeFileSync(settings, editedSettings(readFileSync(settings, "utf8")));
  const ownTook = await machine.run(`cd ${folder}\n${own}`);
  const took = { cold, warm, own: ownTook };
  const tooLong = Object.entries(BOUNDS_S).filter(
    ([name, bound]) => took[name as keyof typeof took] > bound * patience,
  );
  for (const [name, bound] of Object.entries(BOUNDS_S))
    console.log(`${name}: ${took[name as keyof typeof took].toFixed(0)} s (at most ${bound * patience})`);
  if (tooLong.length > 0) console.log(`FAILED: too long: ${tooLong.map(([name]) => name).join(", ")}`);
  return tooLong.length === 0 ? 0 : 1;
}

/** Runs the command line. @returns the exit status */
export async function run(argv: readonly string[]): Promise<number> {
  const string = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({ args: [...argv], options: { debian: string, patience: string, help: flag } });
  const { debian = "13", patience = "1", help } = values;
  if (help) {
    console.log(USAGE);
    return 0;
  }
  if (debian !== "12" && debian !== "13") {
    console.error(`--debian must be 12 or 13, got '${debian}'\n${USAGE}`);
    return 2;
  }
  if (!(Number(patience) > 0)) {
    console.error(`--patience must be a number above 0, got '${patience}'\n${USAGE}`);
    return 2;
  }
  return main(debian, Number(patience));
}

if (require.main === module) void run(process.argv.slice(2)).then((status) => (process.exitCode = status));
