import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

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
    "logrotate",
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
    "etc/cloud/cloud.cfg.d/99-rehearsal.cfg":
      "datasource_list: [NoCloud, None]\nnetwork: {config: disabled}\nlocale: C.UTF-8\napt: {preserve_sources_list: true}\n",
  },
};

const BUDGET_SECONDS = 600;

/**
 * The nodes' root filesystem: built once per recipe with mmdebstrap, kept in the user's cache folder.
 *
 * An interrupted build leaves nothing that a later run would take for a whole one.
 *
 * @param say told about progress
 * @returns the folder's path
 */
export async function rootFilesystem(say: (line: string) => void): Promise<string> {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "cdktf-tencentcloud-keepalived");
  const key = createHash("sha256").update(JSON.stringify(RECIPE)).digest("hex").slice(0, 12);
  const folder = join(cache, `rootfs-${key}`);
  if (existsSync(folder)) return folder;

  mkdirSync(cache, { recursive: true });
  const building = mkdtempSync(join(cache, "building-"));
  const remove = () => rmSync(building, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    await mmdebstrap(join(building, "rootfs"), say);
    for (const unit of RECIPE.masked) {
      mkdirSync(join(building, "rootfs/etc/systemd/system"), { recursive: true });
      rmSync(join(building, "rootfs/etc/systemd/system", unit), { force: true });
      writeFileSync(join(building, "rootfs/etc/systemd/system", unit), "");
    }
    for (const [path, content] of Object.entries(RECIPE.files)) writeFileSync(join(building, "rootfs", path), content);
    renameSync(join(building, "rootfs"), folder);
  } finally {
    process.removeListener("exit", remove);
    remove();
  }
  return folder;
}

/** mmdebstrap takes the host's own sources where they carry the suite, and its default mirror otherwise. */
async function mmdebstrap(target: string, say: (line: string) => void): Promise<void> {
  say(`building the nodes' root filesystem (Debian ${RECIPE.suite}, once, about half a minute)`);
  const args = [
    `--variant=${RECIPE.variant}`,
    `--include=${RECIPE.packages.join(",")}`,
    '--aptopt=Apt::Install-Recommends "false"',
    RECIPE.suite,
    target,
  ];
  const child = spawn("mmdebstrap", args, { stdio: ["ignore", "ignore", "pipe"], timeout: BUDGET_SECONDS * 1000 });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    log += chunk;
    for (const [, step] of chunk.matchAll(/^I: (.*?)\.*$/gm)) say(`  ${step}`);
  });
  const status = await new Promise((resolve) => child.once("close", resolve));
  if (status !== 0)
    throw new Error(`mmdebstrap failed with status ${status}:\n${log.split("\n").slice(-15).join("\n")}`);
}
