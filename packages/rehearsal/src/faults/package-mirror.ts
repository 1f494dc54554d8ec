import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import type { Lab } from "../lab/lab.ts";
import type { Awaited } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import { removeFromDisk } from "./debian-package.ts";

const SOURCES = "etc/apt/sources.list";

/** A mirror on the fabric with one of Debian's packages. It is away until it is started. */
export class PackageMirror implements AsyncDisposable {
  readonly #server = createServer(({ url = "/" }, response) => {
    createReadStream(join(this.folder, basename(url)))
      .on("error", () => response.writeHead(404).end())
      .pipe(response);
  });

  private constructor(
    private readonly packageName: string,
    private readonly address: string,
    private readonly folder: string,
    private readonly nodes: readonly Node[],
  ) {}

  /** @param nodes are down. Their disks lose the package, and know the mirror as the only source of packages. */
  static async with(packageName: string, { fabric }: Lab, nodes: readonly Node[]): Promise<PackageMirror> {
    const mirror = new PackageMirror(packageName, fabric.gateway, await mkdtemp("/run/mirror-"), nodes);
    for (const node of nodes) {
      await removeFromDisk(node, packageName, mirror.folder);
      node.write(SOURCES, `deb [trusted=yes] http://${mirror.address}/ ./\n`);
    }
    return mirror;
  }

  /** It answers from now on. */
  async start(): Promise<void> {
    this.#server.listen(80, this.address);
    await once(this.#server, "listening");
  }

  /** The end of the installation of its package on a node. */
  installation(node: Node): Awaited<true> {
    return {
      what: `the installation of ${this.packageName} on the ${node.role}`,
      budgetMs: 90_000,
      everyMs: 500,
      look: async () => {
        const { status, stdout } = await node.exec([
          "dpkg-query",
          "--show",
          "--showformat=${Status}",
          this.packageName,
        ]);
        if (status === 0 && stdout === "install ok installed") return { found: true };
        return { seen: `status '${stdout}'\n${node.bootLog()}` };
      },
    };
  }

  /** It is gone, and nodes know no source of packages, as before. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const node of this.nodes) node.write(SOURCES, "");
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
