import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../machine/process.ts";

/** A node's disk is full when so much has been written to it, in MB, beside the packages that it installs. */
const SIZE_MB = 256;

/** A node's disk: what it writes goes over a root filesystem that many nodes share and none changes. */
export class Disk {
  readonly #base: string;

  /**
   * @param folder where it is mounted
   * @param layers the folders below it, which stay as they are: what is in the first one hides what is in the others
   * @param packagesMb how much of it is for packages
   */
  constructor(
    folder: string,
    private readonly layers: readonly string[],
    private readonly packagesMb: number,
  ) {
    this.#base = folder;
  }

  /** The folder that shows what is on the disk. */
  get root(): string {
    return join(this.#base, "root");
  }

  /** Makes the disk, as new: with the root filesystem and nothing else. */
  async format(): Promise<void> {
    const written = join(this.#base, "written");
    for (const folder of [written, this.root]) mkdirSync(folder, { recursive: true });
    await run("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB + this.packagesMb}m,mode=755`, "tmpfs", written]);
    const [upper, work] = ["upper", "work"].map((name) => join(written, name)) as [string, string];
    for (const folder of [upper, work]) mkdirSync(folder);
    // Layers are separated by colons, options by commas.
    const lower = this.layers.map((layer) => layer.replace(/[\\:,]/g, "\\$&")).join(":");
    const options = `lowerdir=${lower},upperdir=${upper},workdir=${work}`;
    await run("mount", ["-t", "overlay", "overlay", "-o", options, this.root]);
  }

  /** Throws away everything that was written, for the next `format`; nothing may run on it any more. */
  async erase(): Promise<void> {
    await run("umount", ["--lazy", this.root]);
    await run("umount", ["--lazy", join(this.#base, "written")]);
  }
}
