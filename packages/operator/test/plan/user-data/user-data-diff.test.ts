import { describe, expect, test } from "vitest";
import { deliveryOf } from "../../../src/plan/user-data/delivery.ts";
import { unpackUserData, type UserData } from "../../../src/user-data/unpack.ts";
import { diffUserData } from "../../../src/plan/user-data/user-data-diff.ts";
import { node, recordedJson, repacked } from "../support/plans.ts";

const packed = recordedJson("no-change").resource_changes.find(node("primary"))?.change.before?.["user_data"];

function changed(from: string, to: string): UserData {
  const text = repacked(packed, (before) => {
    expect(before).toContain(from);
    return before.replace(from, to);
  });
  return unpackUserData(text) as UserData;
}
const before = unpackUserData(packed) as UserData;

/** What changes, and how it gets to the nodes. */
function compared(after: UserData) {
  const diffs = diffUserData(before, after);
  return { diffs, delivery: deliveryOf(before, after, diffs) };
}

describe("the user data of a node", () => {
  test("is unpacked into the files that are in it", () => {
    expect([...before.files.keys()]).toContain("/etc/keepalived/keepalived.conf");
    expect([...before.rest.keys()]).toContain("packages");
    expect(before.files.get("/etc/keepalived/keepalived.conf")).toMatchObject({ permissions: "0600" });
  });

  test("shows a changed file line by line, and never auth_pass", () => {
    const secret =
      /auth_pass (\S+)/.exec(before.files.get("/etc/keepalived/keepalived.conf")?.content ?? "")?.[1] ?? "";
    expect(secret).not.toBe("");
    const { diffs, delivery } = compared(changed(`auth_pass ${secret}`, "auth_pass other"));
    expect(diffs).toMatchObject([{ name: "/etc/keepalived/keepalived.conf", kind: "changed" }]);
    expect(diffs[0]?.lines).toContain("-        auth_pass (hidden)");
    expect(diffs[0]?.lines).toContain("+        auth_pass (hidden, another one)");
    expect(JSON.stringify(diffs)).not.toContain(secret);
    expect(delivery.mustNotDiffer).toEqual(["auth_pass"]);
  });

  test("shows settings in one line of JSON key by key", () => {
    const { diffs } = compared(changed('"advertInt":1', '"advertInt":2'));
    expect(diffs[0]?.lines).toEqual(expect.arrayContaining(['-  "advertInt": 1,', '+  "advertInt": 2,']));
  });

  test("shows code that was packed for the node by its digest", () => {
    const code = `- path: /usr/sbin/pairctl\n  content: |\n    ${"x".repeat(500)}\n- path: /etc/pairctl/node.conf\n`;
    const { diffs } = compared(changed("- path: /etc/pairctl/node.conf\n", code));
    expect(diffs).toMatchObject([{ name: "/usr/sbin/pairctl", kind: "added" }]);
    expect(diffs[0]?.lines).toEqual([expect.stringMatching(/^\+501 bytes, sha256 [0-9a-f]{12}…$/)]);
  });

  test("names permissions that change", () => {
    const { diffs } = compared(changed('permissions: "0600"', 'permissions: "0644"'));
    expect(diffs[0]?.lines).toEqual(["-permissions 0600", "+permissions 0644"]);
  });

  test("can be put in place on running nodes where only files change, and takes a new node otherwise", () => {
    expect(compared(changed("priority 100", "priority 120")).delivery).toMatchObject({ onRunningNodes: true });
    const packages = compared(changed("- nodejs", "- nodejs\n- curl")).delivery;
    expect(packages).toMatchObject({ onRunningNodes: false, firstBootOnly: ["cloud-config: packages"] });
  });

  test("says what the nodes must not differ in", () => {
    expect(compared(changed("virtual_router_id 51", "virtual_router_id 52")).delivery.mustNotDiffer).toEqual([
      "virtual_router_id",
    ]);
    expect(compared(changed("priority 100", "priority 120")).delivery.mustNotDiffer).toEqual([]);
  });
});
