import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { packedProgram, packedText } from "../../constructs/contract";
import { packBeginning, renderUserData, userDataSize } from "../../constructs/render/user-data";
import { PAIRCTL } from "../helpers/user-data-texts";

test("lets Terraform gzip and encode the text, tokens included", () => {
  expect(renderUserData("", '#cloud-config\nid: "${TfToken[TOKEN.1]}"\n')).toBe(
    '${base64gzip("#cloud-config\\nid: \\"${TfToken[TOKEN.1]}\\"\\n")}',
  );
});

describe("a packed beginning", () => {
  test("is followed by what Terraform packs: it is of whole groups of three bytes, however long", () => {
    const lengths = Array.from({ length: 12 }, (_, length) => "#cloud-config\n".slice(0, length));
    for (const text of lengths) {
      const packed = packBeginning(text);
      expect(packed).toMatch(/^[A-Za-z0-9+/]+$/);
      expect(packed.length % 4).toBe(0);
      expect(packedText({ packed, quoted: "" })).toBe(text);
      expect(renderUserData(packed, "more")).toBe(`${packed}\${base64gzip("more")}`);
    }
    // Each number of missing bytes was among them.
    const names = lengths.map((text) => Buffer.from(packBeginning(text), "base64").indexOf("\0", 10));
    expect(new Set(names.map((end) => Math.min(end, 12))).size).toBe(3);
  });

  test("takes for a packed program hardly more than its bytes", () => {
    const program = packedProgram(PAIRCTL);
    expect(packBeginning(program).length).toBeLessThan(program.length * 1.02);
    expect(userDataSize(packBeginning(program), "")).toBeLessThan(userDataSize("", PAIRCTL) * 0.95);
  });

  // Were it another one, user data would change, and with it each plan.
  test("is the same on each machine and with each Node.js", () => {
    const text =
      `const words = ["take", "leave"];\nfor (const word of words) console.log(word, words.length);\n`.repeat(3);
    const digest = createHash("sha256")
      .update(packBeginning(packedProgram(text)))
      .digest("hex");
    expect(digest).toBe("6af6852d585891f5b84fc0bd3ad439bc80b9cabf6aa7fc5ce29d87f0a6577e8a");
  });
});

test("counts a token as long as the value that will stand there", () => {
  const withTokens = userDataSize("", `a: ${"${TfToken[TOKEN.123456]}"}`);
  expect(withTokens).toBeGreaterThanOrEqual(userDataSize("", "a: eip-0a1b2c3d"));
});

test("counts what is packed as it stands", () => {
  const packed = packBeginning("#cloud-config\n");
  expect(userDataSize(packed, "a: b\n")).toBe(packed.length + userDataSize("", "a: b\n"));
  expect(gunzipSync(Buffer.from(packed, "base64")).toString()).toBe("#cloud-config\n");
});
