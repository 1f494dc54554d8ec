import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { readAsset } from "../../constructs/assets";
import { MECHANISMS } from "../../constructs/contract";
import { commonFiles } from "../../constructs/pair/common-files";
import { quoteHclString } from "../../constructs/render/hcl-string";
import { fitsUserData, renderUserData, USER_DATA_LIMIT, userDataSize } from "../../constructs/render/user-data";
import { PAIRCTL, random, SCRIPTS } from "../helpers/user-data-texts";

// Both do what they do, and can be asked how often.
vi.mock("node:zlib", { spy: true });
vi.mock("../../constructs/render/hcl-string", { spy: true });

/** A number for each letter of a long text, at random. */
const CHANCES = Array.from({ length: 8000 }, (_, index) =>
  createHash("sha256").update(String(index)).digest().readUInt32BE(0),
);

/** A long text of some letters that follow each other in Unicode, in an order at random. */
const lettersOf = (first: string, letters: number) =>
  CHANCES.map((chance) => String.fromCodePoint((first.codePointAt(0) ?? 0) + (chance % letters))).join("");

test("lets Terraform gzip and encode the text, tokens included", () => {
  expect(renderUserData("", '#cloud-config\nid: "${TfToken[TOKEN.1]}"\n')).toBe(
    '${base64gzip("#cloud-config\\nid: \\"${TfToken[TOKEN.1]}\\"\\n")}',
  );
});

describe("whether two parts fit, of which the first is packed once for many nodes,", () => {
  test("is known as if they were packed in one, also close to the limit", () => {
    const befores = [PAIRCTL + SCRIPTS, random(12_000), "#cloud-config\n".repeat(500)];
    const fits = befores.map((before) =>
      Array.from({ length: 40 }, (_, step) => {
        const text = SCRIPTS.slice(0, step * 50) + random(step * 700);
        expect(fitsUserData(before, text)).toBe(userDataSize(before + text) <= USER_DATA_LIMIT);
        return fitsUserData(before, text);
      }),
    );
    // Each of them gets over the limit on the way.
    for (const results of fits) expect(new Set(results).size).toBe(2);
  });

  test.each(MECHANISMS)("is never taken for granted, whatever letters the second part has: %s", (mechanism) => {
    const beginning = commonFiles(mechanism, []).text;
    for (const first of ["0", "a", "À", "Ѐ", "一"]) {
      for (const letters of [4, 16, 64, 128]) {
        const text = lettersOf(first, letters);
        const packed = (length: number) => userDataSize(beginning + text.slice(0, length));
        let [fitting, tooLong] = [0, text.length];
        while (tooLong - fitting > 1) {
          const middle = Math.floor((fitting + tooLong) / 2);
          if (packed(middle) <= USER_DATA_LIMIT) fitting = middle;
          else tooLong = middle;
        }
        if (packed(tooLong) > USER_DATA_LIMIT) expect(fitsUserData(beginning, text.slice(0, tooLong))).toBe(false);
      }
    }
  });
});

describe("what all nodes have alike", () => {
  const beginning = `#cloud-config\n${readAsset("notify")}`;
  beforeEach(() => {
    vi.mocked(gzipSync).mockClear();
    vi.mocked(quoteHclString).mockClear();
  });

  test("is quoted and packed once, however many nodes there are", () => {
    for (let node = 0; node < 50; node += 1) {
      expect(fitsUserData(beginning, `node: ${node}\n`)).toBe(true);
      expect(renderUserData(beginning, `node: ${node}\n`)).toContain(`\\nnode: ${node}\\n`);
    }
    expect(vi.mocked(gzipSync).mock.calls.length).toBe(1);
    expect(vi.mocked(quoteHclString).mock.calls.filter(([text]) => text === beginning).length).toBe(1);
  });

  test("is written as it would be in one with what follows", () => {
    const text = 'id: "${TfToken[TOKEN.1]}"\n';
    expect(renderUserData(beginning, text)).toBe(renderUserData("", beginning + text));
  });
});

test("counts a token as long as the value that will stand there", () => {
  const withTokens = userDataSize(`a: ${"${TfToken[TOKEN.123456]}"}`);
  expect(withTokens).toBeGreaterThanOrEqual(userDataSize("a: eip-0a1b2c3d"));
});
