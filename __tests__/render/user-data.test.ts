import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { userDataExpression, userDataSize } from "../../constructs/render/user-data";

test("lets Terraform gzip and encode the text, tokens included", () => {
  expect(userDataExpression("H4sI", '#cloud-config\nid: "${TfToken[TOKEN.1]}"\n')).toBe(
    'H4sI${base64gzip("#cloud-config\\nid: \\"${TfToken[TOKEN.1]}\\"\\n")}',
  );
});

test("counts the characters after gzip and base64, never too few", () => {
  for (const text of ["", "#cloud-config\n".repeat(500), randomBytes(6000).toString("hex")]) {
    const exact = 4 + gzipSync(text).toString("base64").length;
    expect(userDataSize("H4sI", text)).toBeGreaterThanOrEqual(exact);
    expect(userDataSize("H4sI", text)).toBeLessThanOrEqual(exact + 20);
  }
});

test("counts a token as long as the value that will stand there", () => {
  const withTokens = userDataSize("", `a: ${"${TfToken[TOKEN.123456]}"}`);
  expect(withTokens).toBeGreaterThanOrEqual(userDataSize("", "a: eip-0a1b2c3d"));
});
