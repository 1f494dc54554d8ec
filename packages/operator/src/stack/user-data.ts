import { gunzipSync } from "node:zlib";
import { parse } from "yaml";

/** A file that user data writes. */
export interface NodeFile {
  readonly path: string;
  readonly content: string;
  /** As in cloud-config, such as `0755`. */
  readonly permissions: string;
}

/** What cloud-init gives a file without `permissions`. Source: cloud-init's module `write_files`. */
const DEFAULT_PERMISSIONS = "0644";

/**
 * The text of user data, as cloud-init reads it.
 *
 * @param userData in base64, gzipped or not, as the cloud and the provider keep it
 */
export function userDataText(userData: string): string {
  const bytes = Buffer.from(userData, "base64");
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
}

/**
 * The files that user data writes at the first boot, in its order.
 *
 * @param userData see {@link userDataText}
 * @throws where it is no cloud-config
 */
export function filesOfUserData(userData: string): NodeFile[] {
  const config: unknown = parse(userDataText(userData));
  const files = (config as { write_files?: unknown } | null)?.write_files;
  if (!Array.isArray(files)) throw new Error("it is no cloud-config that writes files");
  return (files as WrittenFile[]).map(({ path, content = "", permissions, encoding }) => ({
    path,
    content: decoded(content, encoding),
    permissions: permissions ?? DEFAULT_PERMISSIONS,
  }));
}

interface WrittenFile {
  readonly path: string;
  readonly content?: string;
  readonly permissions?: string;
  readonly encoding?: string;
}

/** A file of the user's own may be encoded. Source: cloud-init's module `write_files`. */
function decoded(content: string, encoding = ""): string {
  const bytes = /b64|base64/.test(encoding) ? Buffer.from(content, "base64") : undefined;
  if (bytes === undefined) return content;
  return (/gz/.test(encoding) ? gunzipSync(bytes) : bytes).toString("utf8");
}
