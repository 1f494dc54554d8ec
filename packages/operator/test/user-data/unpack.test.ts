import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { unpackUserData } from "../../src/user-data/unpack.ts";

const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString("base64");

/** What user data with these lines below `write_files` puts on a node. */
function filesOf(...lines: readonly string[]) {
  const text = ["#cloud-config", "write_files:", ...lines, ""].join("\n");
  return [...(unpackUserData(base64(gzipSync(text)))?.files.values() ?? [])];
}

test.each([
  ["b64", base64("one\n")],
  ["base64", base64("one\n")],
  ["gz+b64", base64(gzipSync("one\n"))],
  ["gzip+base64", base64(gzipSync("one\n"))],
  [" GZ+B64 ", base64(gzipSync("one\n"))],
  ["text/plain", "one\\n"],
])("a file of the user's own with 'encoding: %s' is what cloud-init writes", (encoding, content) => {
  expect(filesOf("- path: /etc/one", `  encoding: "${encoding}"`, `  content: "${content}"`)).toEqual([
    { path: "/etc/one", content: "one\n", permissions: "0644" },
  ]);
});

test("binary and packed content, which only YAML itself encodes, is what cloud-init writes", () => {
  expect(filesOf("- path: /etc/one", "  encoding: gz", `  content: !!binary ${base64(gzipSync("one\n"))}`)).toEqual([
    { path: "/etc/one", content: "one\n", permissions: "0644" },
  ]);
});

test.each([
  ["0755", "0755"],
  ["'0755'", "0755"],
  ["'755'", "0755"],
  ["493", "0755"],
  ["'rwx'", "0644"],
])(
  "'permissions: %s' are %s, since cloud-init reads YAML 1.1, where 0755 is an octal number",
  (written, permissions) => {
    expect(filesOf("- path: /etc/one", `  permissions: ${written}`, "  content: one")).toEqual([
      { path: "/etc/one", content: "one", permissions },
    ]);
  },
);

test("what has no path is no file, and one without content is empty", () => {
  expect(filesOf("- content: one", "- path: /etc/empty")).toEqual([
    { path: "/etc/empty", content: "", permissions: "0644" },
  ]);
});

test("everything else is kept by its key, as YAML 1.1 reads it", () => {
  const text = "#cloud-config\nssh_pwauth: no\npackages: [keepalived]\n";
  expect([...(unpackUserData(base64(text))?.rest ?? [])]).toEqual([
    ["ssh_pwauth", "false"],
    ["packages", '[\n  "keepalived"\n]'],
  ]);
});

test.each([
  ["not base64", "%%%"],
  ["a script", base64(gzipSync("#!/bin/sh\n"))],
  ["empty", base64("#cloud-config\n")],
  ["no YAML", base64(gzipSync("#cloud-config\na: ["))],
  [
    "a file whose content cannot be unpacked",
    base64("#cloud-config\nwrite_files: [{ path: /a, encoding: gz+b64, content: eA== }]\n"),
  ],
  ["nothing", undefined],
])("is not taken for a pair's where it is %s", (_what, text) => {
  expect(unpackUserData(text)).toBeUndefined();
});
