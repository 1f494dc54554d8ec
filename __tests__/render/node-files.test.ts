import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { PACKED_PATH, packNodeFiles, UNPACK_COMMAND, unpackNodeFiles } from "../../constructs/render/node-files";

const FILES = [
  { path: "/etc/x.conf", content: "a\n\nb ünïcode\n" },
  { path: "/usr/sbin/x", content: "#!/bin/sh\ntrue\n" },
  { path: "/etc/empty", content: "" },
];

/** What cloud-init reads, with what Terraform puts behind the packed files, and the packed files in it. */
function readByCloudInit(packed: string, rest = "- path: /etc/motd\n  content: hello\npackages:\n- nginx\n") {
  const text = gunzipSync(Buffer.from(packed + gzipSync(rest).toString("base64"), "base64")).toString();
  const document = parse(text);
  return { text, document, blob: Buffer.from(document.write_files[0].content, "base64") };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "node-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("packed files and what Terraform encodes behind them are one cloud-config", () => {
  const { text, document, blob } = readByCloudInit(packNodeFiles(FILES));
  expect(text).toMatch(/^#cloud-config\n/);
  expect(document).toMatchObject({
    write_files: [
      { path: PACKED_PATH, encoding: "b64" },
      { path: "/etc/motd", content: "hello" },
    ],
    packages: ["nginx"],
  });
  expect(unpackNodeFiles(blob)).toEqual(Object.fromEntries(FILES.map(({ path, content }) => [path, content])));
});

test("files of every length are encoded without padding, so that something can stand behind them", () => {
  for (let length = 0; length < 12; length += 1) {
    const content = "x".repeat(length) + Math.sqrt(length);
    const packed = packNodeFiles([{ path: "/etc/x", content }]);
    expect(packed).toMatch(/^[\w+/]+$/);
    expect(unpackNodeFiles(readByCloudInit(packed).blob)).toEqual({ "/etc/x": content });
  }
});

test("the same files are packed to the same bytes, whatever system packs them", () => {
  const packed = packNodeFiles(FILES);
  expect(packNodeFiles(FILES)).toBe(packed);
  // RFC 1952: the time of a gzip stream, and the system that made it; 255 is unknown.
  expect([...Buffer.from(packed, "base64").subarray(4, 10)]).toEqual([0, 0, 0, 0, expect.any(Number), 255]);
});

test("the node's command takes the files apart: what lies in /etc to be read, all else to be run", () => {
  const packed = FILES.map(({ path, content }) => ({ path: `/${path.slice(1).replaceAll("/", "-")}`, content }));
  writeFileSync(join(folder, "n"), readByCloudInit(packNodeFiles(packed)).blob);
  // The node's paths are this folder's here.
  const script = UNPACK_COMMAND[2]
    .replace(PACKED_PATH, join(folder, "n"))
    .replace("/usr/libexec/keepalived", join(folder, "made/with/parents"))
    .replace("writeFileSync(p,", `writeFileSync(${JSON.stringify(folder)}+p,`);
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readdirSync(join(folder, "made/with"))).toEqual(["parents"]);
  const written = packed.map(({ path }) => join(folder, path));
  expect(written.map((path) => readFileSync(path, "utf8"))).toEqual(FILES.map(({ content }) => content));
  expect(written.map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual(["644", "755", "644"]);
});
