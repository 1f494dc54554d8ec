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

/** What a node does at its first boot, in the order in which cloud-init does it: files, packages, commands. */
export interface CloudConfig {
  /** Packages from the image's own repositories. */
  readonly packages: readonly string[];
  /** Files, written before the packages are installed. */
  readonly files: readonly NodeFile[];
  /** Commands, each a list of words, run one after the other; the exit status of the last one is the boot's. */
  readonly commands: readonly (readonly string[])[];
}

/**
 * Renders a `#cloud-config` document, but for its beginning: it goes on where {@link packNodeFiles} ends.
 *
 * @param packed the paths of the files in that beginning
 * @param extra what the user adds, in cloud-init's own keys. Lists are put behind ours, but `runcmd` before it, since
 *   our last command decides on the boot's status.
 * @throws Error with a message that names the key, where `extra` writes one of our files or has no list in a list's place
 */
export function renderCloudConfig(
  config: CloudConfig,
  packed: readonly string[] = [],
  extra: Readonly<Record<string, unknown>> = {},
): string {
  const document = {
    packages: config.packages,
    write_files: config.files.map((file) => ({
      path: file.path,
      ...(file.permissions === undefined ? {} : { permissions: file.permissions }),
      content: file.content,
    })),
    runcmd: config.commands,
  };
  const { write_files, ...others } = merge(document, extra);
  requireDistinct([...packed, ...(write_files as { path: string }[]).map(({ path }) => path)]);
  return [write_files, others]
    .map((part) => stringify(part, { lineWidth: 0, version: "1.1", indentSeq: false }))
    .join("");
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
