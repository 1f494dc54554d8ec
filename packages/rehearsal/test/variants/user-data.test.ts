import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { replacing } from "../../src/variants/change.ts";
import { inNodeFile, inPermissions } from "../../src/variants/user-data.ts";
import { brokenStack } from "../../src/variants/variant.ts";
import type { StackModel } from "../../src/stack/stack.ts";

const CONFIG = `#cloud-config
write_files:
- path: /etc/a.conf
  permissions: "0644"
  content: |
    on: yes
    # a comment of the file's own
bootcmd:
- - echo
  - "a long line that is folded where nobody says otherwise, as YAML libraries do behind eighty characters or so"
`;

const stack = {
  nodes: (["primary", "secondary"] as const).map((role) => ({ role, userData: gzipSync(CONFIG) })),
} as unknown as StackModel;

async function brokenUserData(change: Parameters<typeof brokenStack>[0] extends infer V ? NonNullable<V> : never) {
  const { nodes } = await brokenStack(change, stack);
  return nodes.map(({ userData }) => gunzipSync(userData).toString());
}

test("a file is changed on the nodes that are meant, and nothing else", async () => {
  const changes = [inNodeFile("/etc/a.conf", replacing("yes", "no"), ["secondary"])];
  const [primary = "", secondary = ""] = await brokenUserData({ changes });
  expect(primary).toBe(CONFIG);
  expect(secondary).toMatch(/^#cloud-config\n/);
  expect(parse(secondary)).toEqual(parse(CONFIG.replace("yes", "no")));
});

test("permissions are changed as the text that they are", async () => {
  const [primary = ""] = await brokenUserData({ changes: [inPermissions("/etc/a.conf", "0600")] });
  expect(parse(primary, { version: "1.1" })).toMatchObject({ write_files: [{ permissions: "0600" }] });
});

test.each([
  ["a file that the user data does not write", inNodeFile("/etc/b.conf", replacing("yes", "no")), "finds no such file"],
  ["an edit that changes nothing", inNodeFile("/etc/a.conf", replacing("maybe", "no")), "changes nothing"],
  ["permissions that are so anyway", inPermissions("/etc/a.conf", "0644"), "changes nothing"],
])("refuses %s", async (_, change, message) => {
  await expect(brokenUserData({ changes: [change] })).rejects.toThrow(message);
});
