import { packBeginning, userDataSize } from "./user-data";
import { DataError, requireWritable, writeYaml } from "./yaml";

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
  /** The beginning of the document, packed: its first line, and the first item of `write_files`. */
  readonly packed: string;
  /** The text that follows: the other items. */
  readonly text: string;
  /** The files' paths. */
  readonly paths: readonly string[];
}

/**
 * Renders the files that a document begins with: cloud-init writes them first.
 *
 * @param first a file in which there are no token markers. It is packed by itself, which makes it shorter if it looks like
 *   nothing else in the document
 */
export function renderFiles(first: NodeFile, others: readonly NodeFile[]): RenderedFiles {
  const items = [first, ...others].map(writeFilesItem);
  return {
    packed: packBeginning(`#cloud-config\nwrite_files:\n${writeYaml(items.slice(0, 1))}`),
    text: writeYaml(items.slice(1)),
    paths: [first, ...others].map(({ path }) => path),
  };
}

/**
 * Renders the rest of a `#cloud-config` document: it goes on where {@link renderFiles} ends.
 *
 * @param extra what the user adds, in cloud-init's own keys. Lists are put behind ours, but `runcmd` before it, since
 *   our last command decides on the boot's status.
 * @throws DataError where `extra` writes one of our files, or has a value that cloud-init does not take
 */
export function renderCloudConfig(
  config: CloudConfig,
  before: RenderedFiles,
  extra: Readonly<Record<string, unknown>> = {},
): string {
  requireWritable(extra);
  requireItems(extra);
  const { files, others } = partsOf(config, extra);
  requireDistinct([...before.paths, ...files.map(({ path }) => path)]);
  return textOf(files, others);
}

/** A part of a document, and how many characters of user data it takes. */
export interface PartSize {
  /** A file's path, or a key of cloud-init's. */
  readonly name: string;
  readonly characters: number;
}

/** What the parts of the document take that {@link renderCloudConfig} renders, the largest first. */
export function partSizes(
  config: CloudConfig,
  before: RenderedFiles,
  extra: Readonly<Record<string, unknown>> = {},
): PartSize[] {
  const { files, others } = partsOf(config, extra);
  const sizeOf = (...parts: Parameters<typeof textOf>) => userDataSize(before.packed, before.text + textOf(...parts));
  const whole = sizeOf(files, others);
  const without = (key: string) => Object.fromEntries(Object.entries(others).filter(([other]) => other !== key));
  return [
    ...files.map((file) => ({
      name: file.path,
      characters:
        whole -
        sizeOf(
          files.filter((other) => other !== file),
          others,
        ),
    })),
    ...Object.keys(others).map((key) => ({ name: key, characters: whole - sizeOf(files, without(key)) })),
  ].toSorted((one, other) => other.characters - one.characters);
}

/** The files behind those that are rendered before, and the other keys. */
function partsOf(config: CloudConfig, extra: Readonly<Record<string, unknown>>) {
  const document = {
    bootcmd: config.bootCommands,
    packages: config.packages,
    write_files: config.files.map(writeFilesItem),
    runcmd: config.commands,
  };
  const { write_files, ...others } = merge(document, extra);
  return { files: write_files as readonly { readonly path: string }[], others };
}

function textOf(files: readonly object[], others: Readonly<Record<string, unknown>>): string {
  return [files, others].map(writeYaml).join("");
}

function writeFilesItem({ path, permissions, content }: NodeFile): object {
  return { path, ...(permissions === undefined ? {} : { permissions }), content };
}

function merge(
  ours: Record<string, readonly unknown[]>,
  extra: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...ours };
  for (const [key, theirs] of Object.entries(extra)) {
    const own = Object.hasOwn(ours, key) ? ours[key] : undefined;
    if (own === undefined) merged[key] = theirs;
    else if (Array.isArray(theirs)) merged[key] = key === "runcmd" ? [...theirs, ...own] : [...own, ...theirs];
    else if (theirs !== undefined) throw new DataError([key], "must be a list", "put its value in brackets");
  }
  return merged;
}

const COMMAND = {
  fits: (item: unknown) => isText(item) || isTextList(item),
  problem: "must be a command",
  remedy: "write a line for the shell, or a list of words",
};

/** What an item of the lists that are merged must be: cloud-init drops the whole list for one that is not. */
const ITEMS: Readonly<Record<string, { fits: (item: unknown) => boolean; problem: string; remedy: string }>> = {
  packages: {
    fits: (item) => isText(item) || isTextList(item) || isMapping(item),
    problem: "must be a package's name",
    remedy: 'write it such as "nginx", or ["nginx", "1.22.1-9"] with a version',
  },
  write_files: {
    fits: (item) => isMapping(item) && isText(item["path"]),
    problem: "must be a mapping with a path",
    remedy: 'write it such as { path: "/etc/motd", content: "hello" }',
  },
  bootcmd: COMMAND,
  runcmd: COMMAND,
};

function requireItems(extra: Readonly<Record<string, unknown>>): void {
  for (const [key, { fits, problem, remedy }] of Object.entries(ITEMS)) {
    const items = extra[key];
    if (!Array.isArray(items)) continue;
    const wrong = items.findIndex((item) => !fits(item));
    if (wrong !== -1) throw new DataError([key, wrong], problem, remedy);
  }
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isTextList = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isText);
const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function requireDistinct(given: readonly string[]): void {
  const paths = given.map(inOneSpelling);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) {
    throw new DataError(
      ["write_files"],
      `must name each path once, and has ${JSON.stringify(twice)} twice or beside a file of the pair`,
      "write to another path",
    );
  }
}

/** `/etc//motd`, `/etc/./motd` and `/etc/x/../motd` are one file, as is `etc/motd` for cloud-init, which runs in `/`. */
function inOneSpelling(path: string): string {
  const folders: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") folders.pop();
    else if (part !== "" && part !== ".") folders.push(part);
  }
  return `/${folders.join("/")}`;
}
