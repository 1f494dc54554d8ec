import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withImageUmask } from "../machine/image-umask.ts";
import { run } from "../machine/process.ts";

/** Where the repository is on a node, and below the folder that is laid over its root filesystem. */
const REPOSITORY = "var/cache/rehearsal/packages";

/** A node's whole sources.list where it has the repository: its index has no signature, but what is in it was verified. */
export const SOURCE = `deb [trusted=yes] file:/${REPOSITORY} ./\n`;

/** Makes a repository below a folder, of packages that apt has fetched and verified. Also a node's `_apt` may read it. */
export async function writeRepository(folder: string, archives: string): Promise<void> {
  const repository = join(folder, REPOSITORY);
  withImageUmask(() => mkdirSync(repository, { recursive: true }));
  const stanzas: string[] = [];
  for (const file of readdirSync(archives).filter((name) => name.endsWith(".deb"))) {
    const from = join(archives, file);
    const control = (await run("dpkg-deb", ["--field", from])).trimEnd();
    const content = readFileSync(from);
    withImageUmask(() => writeFileSync(join(repository, file), content));
    stanzas.push(`${control}\nFilename: ./${file}\nSize: ${content.length}\nSHA256: ${sha256(content)}\n`);
  }
  const index = Buffer.from(stanzas.join("\n"));
  // Without it apt asks for every form that an index may have, and takes each that is not there for an error.
  const release = `SHA256:\n ${sha256(index)} ${index.length} Packages\n`;
  withImageUmask(() => {
    writeFileSync(join(repository, "Packages"), index);
    writeFileSync(join(repository, "Release"), release);
  });
}

/** Whether a repository is there, and every package in it as it was fetched. */
export function isWhole(folder: string): boolean {
  const repository = join(folder, REPOSITORY);
  const index = join(repository, "Packages");
  if (!existsSync(index)) return false;
  return stanzasOf(readFileSync(index, "utf8")).every((stanza) => {
    const file = join(repository, fieldOf(stanza, "Filename"));
    return existsSync(file) && sha256(readFileSync(file)) === fieldOf(stanza, "SHA256");
  });
}

/** What the packages of a repository take on a disk once they are installed, in MB. */
export function installedSizeMb(folder: string): number {
  const stanzas = stanzasOf(readFileSync(join(folder, REPOSITORY, "Packages"), "utf8"));
  const kilobytes = stanzas.reduce((sum, stanza) => sum + Number(fieldOf(stanza, "Installed-Size") || 0), 0);
  return Math.ceil(kilobytes / 1024);
}

const stanzasOf = (index: string) => index.split(/\n\n+/).filter((stanza) => stanza.trim() !== "");

const fieldOf = (stanza: string, name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(stanza)?.[1] ?? "";

const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");
