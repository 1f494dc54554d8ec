import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  authorization,
  canonicalRequest,
  signature,
  signingKey,
  stringToSign,
  type Tc3Request,
} from "../../src/cloud/tc3.ts";

/** The vendor's published example: its body has literal \u escapes. */
const REQUEST: Tc3Request = {
  service: "cvm",
  headers: { "content-type": "application/json; charset=utf-8", host: "cvm.tencentcloudapi.com" },
  body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
  timestamp: 1551113065,
};
/** The same in newer documents, which sign the action as well. */
const WITH_ACTION = { ...REQUEST, headers: { ...REQUEST.headers, "x-tc-action": "describeinstances" } };

const BODY_HASH = "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064";
const CANONICAL_HASH = "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031";
const CANONICAL_HASH_WITH_ACTION = "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84";

describe("the vendor's published example, rung by rung:", () => {
  test("the canonical request has the published text", () => {
    expect(canonicalRequest(REQUEST)).toBe(
      "POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:cvm.tencentcloudapi.com\n\n" +
        `content-type;host\n${BODY_HASH}`,
    );
  });

  test.each([
    ["two headers", REQUEST, CANONICAL_HASH],
    ["the action as well", WITH_ACTION, CANONICAL_HASH_WITH_ACTION],
  ])("the canonical request that signs %s has the published hash", (_, request, expected) => {
    expect(createHash("sha256").update(canonicalRequest(request)).digest("hex")).toBe(expected);
  });

  test("the string to sign has the published text", () => {
    expect(stringToSign(REQUEST)).toBe(`TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n${CANONICAL_HASH}`);
  });

  test("the signing key is that of the day and the service, and of no other", () => {
    const key = signingKey("secret", REQUEST).toString("hex");
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    const sameDay = { ...REQUEST, timestamp: 1551052800 };
    expect(signingKey("secret", sameDay).toString("hex")).toBe(key);
    for (const other of [
      { ...REQUEST, timestamp: 1551052799 },
      { ...REQUEST, service: "vpc" },
    ]) {
      expect(signingKey("secret", other).toString("hex")).not.toBe(key);
    }
  });

  test.each([
    ["Gu5t9xGARNpq86cd98joQYCN3*******", REQUEST, "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c"],
    ["Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", REQUEST, "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"],
    ["*".repeat(32), WITH_ACTION, "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"],
  ])("signature and header with the key %s are the published ones", (secretKey, request, expected) => {
    expect(signature(request, secretKey)).toBe(expected);
    expect(authorization(request, { TmpSecretId: "AKID", TmpSecretKey: secretKey })).toBe(
      `TC3-HMAC-SHA256 Credential=AKID/2019-02-25/cvm/tc3_request, ` +
        `SignedHeaders=${Object.keys(request.headers).join(";")}, Signature=${expected}`,
    );
  });
});
