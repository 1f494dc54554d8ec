import { createHash } from "node:crypto";
import type { DiffLine } from "./line-diff.ts";
import { diffLines } from "./line-diff.ts";
import { withoutSecrets } from "./secrets.ts";
import type { UserData } from "../../user-data/unpack.ts";

/** A text of the user data: a file, or what else a key of the cloud-config says. */
interface NodeText {
  readonly content: string;
  /** @default - it is no file */
  readonly permissions?: string;
}

/** What the names of texts that are no files begin with. */
const OF_CLOUD_CONFIG = "cloud-config: ";

/** What changes of one text of the user data. */
export interface TextDiff {
  /** A path on the node, or {@link OF_CLOUD_CONFIG} and a key. */
  readonly name: string;
  readonly kind: "added" | "removed" | "changed";
  /** What changes, without secrets. */
  readonly lines: readonly DiffLine[];
}

/** Lines longer than this are code that was packed for the node, which nobody reads. */
const LONGEST_READABLE = 400;

/** A text of more lines is compared by its digest, too: so long a difference nobody reads. */
const MOST_LINES = 2000;

/** What two user data differ in, text by text, files first. */
export function diffUserData(before: UserData, after: UserData): TextDiff[] {
  return [...diffTexts(before.files, after.files), ...diffTexts(restOf(before), restOf(after))];
}

function restOf({ rest }: UserData): ReadonlyMap<string, NodeText> {
  return new Map([...rest].map(([key, content]) => [`${OF_CLOUD_CONFIG}${key}`, { content }]));
}

/** Whether a text is no file, and so only a first boot carries it out. */
export function isForFirstBoot({ name }: TextDiff): boolean {
  return name.startsWith(OF_CLOUD_CONFIG);
}

function diffTexts(before: ReadonlyMap<string, NodeText>, after: ReadonlyMap<string, NodeText>): TextDiff[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name) => {
    const was = before.get(name);
    const is = after.get(name);
    if (was?.content === is?.content && was?.permissions === is?.permissions) return [];
    const kind = was === undefined ? "added" : is === undefined ? "removed" : "changed";
    return [{ name, kind, lines: linesOf(was, is) }];
  });
}

function linesOf(was: NodeText | undefined, is: NodeText | undefined): DiffLine[] {
  const lines: DiffLine[] = [];
  if (was !== undefined && is !== undefined && was.permissions !== is.permissions) {
    lines.push(`-permissions ${was.permissions}`, `+permissions ${is.permissions}`);
  }
  if (was?.content === is?.content) return lines;
  if ([was, is].some((each) => each !== undefined && !isReadable(each.content))) {
    if (was !== undefined) lines.push(`-${digest(was.content)}`);
    if (is !== undefined) lines.push(`+${digest(is.content)}`);
    return lines;
  }
  const before = readable(was?.content ?? "");
  const after = readable(is?.content ?? "");
  return [...lines, ...diffLines(withoutSecrets(before), withoutSecrets(after, was === undefined ? [] : [before]))];
}

function isReadable(content: string): boolean {
  const lines = readable(content).split("\n");
  return lines.length <= MOST_LINES && lines.every((line) => line.length <= LONGEST_READABLE);
}

/** JSON in one line is compared key by key. */
function readable(content: string): string {
  if (!content.startsWith("{")) return content;
  try {
    return `${JSON.stringify(JSON.parse(content), null, 2)}\n`;
  } catch {
    return content;
  }
}

function digest(content: string): string {
  const sha256 = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return `${Buffer.byteLength(content).toLocaleString("en-US")} bytes, sha256 ${sha256}…`;
}
