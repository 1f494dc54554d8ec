import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { aptSettings } from "../machine/apt-settings.ts";
import { startIsolated } from "../machine/isolation.ts";
import { Leftover } from "../machine/leftover.ts";
import { DEBIAN_KEYRING } from "../machine/prerequisites.ts";

/** What the nodes' image holds, as the cloud's Debian images do: the user data finds its packages installed already. */
const RECIPE = {
  suite: "bookworm",
  variant: "minbase",
  packages: [
    "systemd",
    "systemd-sysv",
    "dbus",
    "cloud-init",
    "keepalived",
    "nodejs",
    "iproute2",
    "procps",
    "ca-certificates",
    "python3",
  ],
  /** Units that do nothing for the rehearsal but take time at boot. */
  masked: [
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
  ],
  files: {
    // Packages are never fetched in a rehearsal: with no sources, `apt-get update` succeeds at once.
    "etc/apt/sources.list": "",
    // What came from the machine that built it stays there: its proxy, its name servers.
    "etc/apt/apt.conf.d/99mmdebstrap": "",
    "etc/resolv.conf": "",
    "etc/cloud/cloud.cfg.d/99-rehearsal.cfg":
      "datasource_list: [NoCloud, None]\nnetwork: {config: disabled}\nlocale: C.UTF-8\napt: {preserve_sources_list: true}\n",
  },
};

const BUDGET_MS = 600_000;

/**
 * The nodes' root filesystem: built once per recipe with mmdebstrap, kept in the user's cache folder.
 *
 * A build that ends early, however, leaves nothing that a later run would take for a whole one, and no rubbish.
 *
 * @param say told about progress
 * @returns the folder's path
 */
export async function rootFilesystem(say: (line: string) => void, interruption: AbortSignal): Promise<string> {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "cdktf-tencentcloud-keepalived");
  const key = createHash("sha256").update(JSON.stringify(RECIPE)).digest("hex").slice(0, 12);
  const folder = join(cache, `rootfs-${key}`);
  if (existsSync(folder)) return folder;

  mkdirSync(cache, { recursive: true });
  await using building = new Leftover(mkdtempSync(join(cache, "building-")), "files");
  const rootfs = join(building.path, "rootfs");
  await mmdebstrap(rootfs, building.path, say, interruption);
  const units = join(rootfs, "etc/systemd/system");
  mkdirSync(units, { recursive: true });
  for (const unit of RECIPE.masked) {
    rmSync(join(units, unit), { force: true });
    writeFileSync(join(units, unit), "");
  }
  for (const [path, content] of Object.entries(RECIPE.files)) {
    rmSync(join(rootfs, path), { force: true });
    writeFileSync(join(rootfs, path), content);
  }
  // Another run may have built the same meanwhile.
  if (!existsSync(folder)) renameSync(rootfs, folder);
  return folder;
}

/** @param temporary a folder for what mmdebstrap leaves behind where it is killed */
async function mmdebstrap(
  target: string,
  temporary: string,
  say: (line: string) => void,
  interruption: AbortSignal,
): Promise<void> {
  say(`building the nodes' root filesystem (Debian ${RECIPE.suite}, once, about half a minute)`);
  const { sources, options } = await aptSettings(RECIPE.suite);
  const command = [
    "mmdebstrap",
    `--variant=${RECIPE.variant}`,
    `--include=${RECIPE.packages.join(",")}`,
    `--keyring=${DEBIAN_KEYRING}`,
    ...["Apt::Install-Recommends false;", ...options].map((option) => `--aptopt=${option}`),
    RECIPE.suite,
    target,
    ...sources,
  ];
  const limits = AbortSignal.any([interruption, AbortSignal.timeout(BUDGET_MS)]);
  const child = startIsolated(command, {
    ownNetwork: false,
    interruption: limits,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, TMPDIR: temporary },
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    log += chunk;
    for (const [, step] of chunk.matchAll(/^I: (.*?)\.*$/gm)) say(`  ${step}`);
  });
  const status = await new Promise((resolve) => child.once("close", resolve));
  interruption.throwIfAborted();
  if (limits.aborted) throw new Error(`mmdebstrap took more than ${BUDGET_MS} ms:\n${lastLines(log)}`);
  if (status !== 0) throw new Error(`mmdebstrap failed with status ${status}:\n${lastLines(log)}`);
}

function lastLines(log: string): string {
  return log.trim().split("\n").slice(-15).join("\n");
}
