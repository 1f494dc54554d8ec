import { describe, expect, test } from "vitest";
import { withoutSecrets } from "../../../src/plan/user-data/secrets.ts";

describe("secrets in what a node is told", () => {
  test.each([
    ["        auth_pass d317cdff", "        auth_pass (hidden)"],
    ["DB_PASSWORD=hunter2", "DB_PASSWORD=(hidden)"],
    ["mysqladmin --password hunter2 ping", "mysqladmin --password (hidden) ping"],
    ["mysqladmin --password=hunter2 ping", "mysqladmin --password=(hidden) ping"],
    ['curl -H "Authorization: Bearer abc.def" http://x', 'curl -H "Authorization: Bearer (hidden)" http://x'],
    ["curl -u ops:hunter2 http://x", "curl -u ops:(hidden) http://x"],
    ["curl http://ops:hunter2@example.org/", "curl http://ops:(hidden)@example.org/"],
    ['  "token": "abc",', '  "token": "(hidden)",'],
    ["secretKey: abc", "secretKey: (hidden)"],
    ["passwd: $6$abc", "passwd: (hidden)"],
    [
      "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----",
      "-----BEGIN OPENSSH PRIVATE KEY-----(hidden)-----END OPENSSH PRIVATE KEY-----",
    ],
  ])("are hidden: %s", (text, hidden) => {
    expect(withoutSecrets(text)).toBe(hidden);
  });

  test.each(["auth_type PASS", "virtual_router_id 51", "echo the token is gone", 'PACKAGES="keepalived nodejs"'])(
    "are not seen where there is none: %s",
    (text) => {
      expect(withoutSecrets(text)).toBe(text);
    },
  );

  test("that change are shown to be others", () => {
    expect(withoutSecrets("auth_pass two", ["auth_pass one"])).toBe("auth_pass (hidden, another one)");
    expect(withoutSecrets("auth_pass one", ["auth_pass one"])).toBe("auth_pass (hidden)");
  });
});
