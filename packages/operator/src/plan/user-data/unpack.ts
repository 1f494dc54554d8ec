import { gunzipSync } from "node:zlib";
import { parse } from "yaml";

/** A text that the user data puts on a node, and how it gets there. */
export interface NodeText {
  /** A path on the node, or `cloud-config: ` and a key for what is no file. */
  readonly name: string;
  /** Permissions as an octal text; undefined where none are given. */
  readonly permissions: string | undefined;
  readonly content: string;
}

/** What a node's user data says. */
export interface UserData {
  /** Files by path. */
  readonly files: ReadonlyMap<string, NodeText>;
  /** Everything else of the cloud-config by key, each as YAML would say it in JSON. */
  readonly rest: ReadonlyMap<string, NodeText>;
}

/**
 * Unpacks the user data of an instance: base64, gzip, cloud-config.
 *
 * @returns undefined where it is anything else
 */
export function unpackUserData(packed: unknown): UserData | undefined {
  const document = typeof packed === "string" ? cloudConfig(packed) : undefined;
  if (document === undefined) return undefined;
  const { write_files: written, ...rest } = document;
  return {
    files: new Map((Array.isArray(written) ? written : []).flatMap(nodeFile).map((file) => [file.name, file])),
    rest: new Map(
      Object.entries(rest).map(([key, value]) => {
        const name = `cloud-config: ${key}`;
        return [name, { name, permissions: undefined, content: JSON.stringify(value, null, 2) }];
      }),
    ),
  };
}

function cloudConfig(packed: string): Readonly<Record<string, unknown>> | undefined {
  const text = gunzipped(packed);
  if (text === undefined || !text.startsWith("#cloud-config\n")) return undefined;
  try {
    // cloud-init reads it with PyYAML, which is YAML 1.1.
    const document: unknown = parse(text, { version: "1.1" });
    return typeof document === "object" && document !== null ? (document as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function gunzipped(packed: string): string | undefined {
  try {
    return gunzipSync(Buffer.from(packed, "base64")).toString("utf8");
  } catch {
    return undefined;
  }
}

function nodeFile(entry: unknown): NodeText[] {
  const { path, permissions, content } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof path !== "string") return [];
  return [
    {
      name: path,
      permissions: permissions === undefined ? undefined : String(permissions),
      content: String(content ?? ""),
    },
  ];
}
