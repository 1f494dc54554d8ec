import { stringify } from "yaml";

/** A file that cloud-init writes on the node. */
export interface NodeFile {
  /** Absolute path. Its folders are made. */
  readonly path: string;
  /** The text, as it stands on the node. */
  readonly content: string;
  /**
   * Permissions as an octal text.
   *
   * @default - cloud-init's, which is 0644
   */
  readonly permissions?: string;
}

/** What a node does at its first boot, in the order in which cloud-init does it. */
export interface CloudConfig {
  /** Commands, each a list of words, that run early at each boot: at the first one before the files are written. */
  readonly bootCommands: readonly (readonly string[])[];
  /** Packages from the image's own repositories. */
  readonly packages: readonly string[];
  /** Files, written before the packages are installed. */
  readonly files: readonly NodeFile[];
  /** Commands, each a list of words, run one after the other; the exit status of the last one is the boot's. */
  readonly commands: readonly (readonly string[])[];
}

/** Files as they stand in a `#cloud-config`, rendered once for all nodes that have them alike. */
export interface RenderedFiles {
  /** The beginning of the document: its first line, and the first items of `write_files`. */
  readonly text: string;
  /** The files' paths. */
  readonly paths: readonly string[];
}

/** Renders the files that a document begins with: cloud-init writes them first. */
export function renderFiles(files: readonly NodeFile[]): RenderedFiles {
  const text = `#cloud-config\nwrite_files:\n${files.length === 0 ? "" : toYaml(files.map(writeFilesItem))}`;
  return { text, paths: files.map(({ path }) => path) };
}

/**
 * Renders the rest of a `#cloud-config` document: it goes on where the text of {@link renderFiles} ends.
 *
 * @param extra what the user adds, in cloud-init's own keys. Lists are put behind ours, but `runcmd` before it, since
 *   our last command decides on the boot's status.
 * @throws Error with a message that names the key, where `extra` writes one of our files or has no list in a list's place
 */
export function renderCloudConfig(
  config: CloudConfig,
  before: RenderedFiles,
  extra: Readonly<Record<string, unknown>> = {},
): string {
  const document = {
    bootcmd: config.bootCommands,
    packages: config.packages,
    write_files: config.files.map(writeFilesItem),
    runcmd: config.commands,
  };
  const { write_files, ...others } = merge(document, extra);
  requireDistinct([...before.paths, ...(write_files as { path: string }[]).map(({ path }) => path)]);
  return [write_files, others].map(toYaml).join("");
}

function writeFilesItem({ path, permissions, content }: NodeFile): object {
  return { path, ...(permissions === undefined ? {} : { permissions }), content };
}

function toYaml(part: unknown): string {
  return stringify(part, { lineWidth: 0, version: "1.1", indentSeq: false });
}

function merge(
  ours: Record<string, readonly unknown[]>,
  extra: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...ours };
  for (const [key, theirs] of Object.entries(extra)) {
    const own = ours[key];
    if (own === undefined) merged[key] = theirs;
    else if (!Array.isArray(theirs)) throw new Error(`'${key}' must be a list, got ${JSON.stringify(theirs)}`);
    else merged[key] = key === "runcmd" ? [...theirs, ...own] : [...own, ...theirs];
  }
  return merged;
}

function requireDistinct(paths: readonly string[]): void {
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new Error(`'write_files' must name each path once, got ${JSON.stringify(twice)} twice`);
}
