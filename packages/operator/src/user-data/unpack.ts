import { gunzipSync } from "node:zlib";
import { parseAsPyYaml } from "./parse-as-py-yaml.ts";

/** A file that user data writes at the first boot. */
export interface NodeFile {
  readonly path: string;
  readonly content: string;
  /** Four octal digits, such as `0755`. */
  readonly permissions: string;
}

/** What a node's user data says. */
export interface UserData {
  /** Files by path, in its order. */
  readonly files: ReadonlyMap<string, NodeFile>;
  /** Everything else of the cloud-config by key, each as YAML would say it in JSON. */
  readonly rest: ReadonlyMap<string, string>;
}

/** What cloud-init gives a file whose `permissions` are left out, or make no sense to it. Source: its module `write_files`. */
const DEFAULT_PERMISSIONS = 0o644;

/** What was unpacked, by the packed text: a state and a plan say the same more than once, and a command reads it each time. */
const UNPACKED = new Map<string, UserData | undefined>();

/**
 * Unpacks the user data of an instance as cloud-init does: base64, gzip or not, cloud-config in YAML 1.1, files that may be
 * encoded.
 *
 * @param packed as the cloud, the provider and Terraform's state keep it
 * @returns undefined where it is anything else
 */
export function unpackUserData(packed: unknown): UserData | undefined {
  if (typeof packed !== "string") return undefined;
  if (!UNPACKED.has(packed)) UNPACKED.set(packed, readable(packed));
  return UNPACKED.get(packed);
}

function readable(packed: string): UserData | undefined {
  try {
    return userDataOf(textOf(packed));
  } catch {
    // An instance that is no node of a pair may have any user data.
    return undefined;
  }
}

function textOf(packed: string): string {
  const bytes = Buffer.from(packed, "base64");
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
}

function userDataOf(text: string): UserData | undefined {
  if (!text.startsWith("#cloud-config\n")) return undefined;
  const document = parseAsPyYaml(text);
  if (typeof document !== "object" || document === null) return undefined;
  const { write_files: written, ...rest } = document as Readonly<Record<string, unknown>>;
  const files = (Array.isArray(written) ? written : []).flatMap(nodeFile);
  return {
    files: new Map(files.map((file) => [file.path, file])),
    rest: new Map(Object.entries(rest).map(([key, value]) => [key, JSON.stringify(value, null, 2)])),
  };
}

function nodeFile(entry: unknown): NodeFile[] {
  const { path, content, permissions, encoding } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof path !== "string") return [];
  return [{ path, content: decoded(content, encoding), permissions: octal(permissions) }];
}

/** The content of a file of the user's own may be encoded. Source: cloud-init's module `write_files`. */
function decoded(content: unknown, encoding: unknown): string {
  // YAML's own `!!binary` comes as bytes.
  const bytes = content instanceof Uint8Array ? Buffer.from(content) : Buffer.from(String(content ?? ""));
  const words = String(encoding ?? "")
    .trim()
    .toLowerCase();
  const isBase64 = /^((gz|gzip)\+)?(b64|base64)$/.test(words);
  const isPacked = /^(gz|gzip)(\+(b64|base64))?$/.test(words);
  const plain = isBase64 ? Buffer.from(bytes.toString("latin1"), "base64") : bytes;
  return (isPacked ? gunzipSync(plain) : plain).toString("utf8");
}

/** YAML 1.1 reads `0755` as a number; a text is octal whether it begins with a 0 or not. Source: cloud-init's module `write_files`. */
function octal(permissions: unknown): string {
  const asText = /^(0o?)?[0-7]+$/.test(String(permissions).trim())
    ? Number.parseInt(String(permissions).replace(/o/, ""), 8)
    : DEFAULT_PERMISSIONS;
  const mode = typeof permissions === "number" ? Math.trunc(permissions) : asText;
  return mode.toString(8).padStart(4, "0");
}
