import { brotliCompressSync, brotliDecompressSync, constants, gzipSync } from "node:zlib";
import type { NodeFile } from "./cloud-config";

/** Where cloud-init puts the packed files, until {@link UNPACK_COMMAND} has taken them apart. */
export const PACKED_PATH = "/run/n";

/** Takes the packed files apart: what lies in `/etc` is to be read, all else is to be run. */
export const UNPACK_COMMAND = [
  "node",
  "-e",
  "fs.mkdirSync('/usr/libexec/keepalived',{recursive:true});" +
    `for(a=(zlib.brotliDecompressSync(fs.readFileSync('${PACKED_PATH}'))+'').split('\\0');p=a.shift();)` +
    "fs.writeFileSync(p,a.shift(),{mode:p[1]>'e'?493:420})",
] as const;

const HEAD = `#cloud-config\nwrite_files:\n- path: ${PACKED_PATH}\n  encoding: b64\n  content: `;

/**
 * The beginning of a `#cloud-config` with the files that all nodes have alike, gzipped and base64 encoded; the rest, from
 * the next item of `write_files` on, is what Terraform gzips and encodes behind it. That is one text to cloud-init, since
 * gzip streams can stand one behind the other, and so can their base64 where the first has a multiple of 3 bytes.
 *
 * Brotli makes a tenth less of a program than gzip, if it does not share gzip's tables with other text. Both are fed
 * such that every machine gives the same bytes: brotli's are the same from 1.0.7 to 1.2.0 at least, and gzip does no
 * matching, which processors do differently.
 */
export function packNodeFiles(files: readonly NodeFile[]): string {
  const text = files.flatMap(({ path, content }) => [path, content]).join("\0");
  const packed = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_LGWIN]: 18 },
  });
  for (let padding = 1; ; padding += 1) {
    const bytes = gzip(`${HEAD}${packed.toString("base64")}${"\n".repeat(padding)}`);
    if (bytes.length % 3 === 0) return bytes.toString("base64");
  }
}

function gzip(text: string): Buffer {
  const bytes = gzipSync(text, { level: constants.Z_BEST_COMPRESSION, strategy: constants.Z_HUFFMAN_ONLY });
  // The header names the system that it was made on.
  bytes[9] = 255;
  return bytes;
}

/** Reads what {@link packNodeFiles} packed, from the file that cloud-init puts at {@link PACKED_PATH}. */
export function unpackNodeFiles(packed: Buffer): Record<string, string> {
  const words = brotliDecompressSync(packed).toString().split("\0");
  return Object.fromEntries(
    words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? ""] as const] : [])),
  );
}
