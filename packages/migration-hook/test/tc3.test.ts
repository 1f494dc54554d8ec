import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { authorization, canonicalRequest, signature, stringToSign, type Tc3Request } from "../src/tc3.ts";

/** The vendor's published example: its body has literal \u escapes. */
const REQUEST: Tc3Request = {
  service: "cvm",
  headers: { "content-type": "application/json; charset=utf-8", host: "cvm.tencentcloudapi.com" },
  body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
  timestamp: 1551113065,
};
const WITH_ACTION = { ...REQUEST, headers: { ...REQUEST.headers, "x-tc-action": "describeinstances" } };

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("the vendor's vectors, rung by rung", () => {
  test("body", () => {
    expect(sha256(REQUEST.body)).toBe("35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
  });

  test.each([
    ["content-type;host", REQUEST, "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031"],
    ["content-type;host;x-tc-action", WITH_ACTION, "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84"],
  ])("canonical request with %s", (_, request, hash) => {
    expect(sha256(canonicalRequest(request))).toBe(hash);
    expect(stringToSign(request)).toBe(`TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n${hash}`);
  });

  test.each([
    ["Gu5t9xGARNpq86cd98joQYCN3*******", REQUEST, "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c"],
    ["Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", REQUEST, "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"],
    ["*".repeat(32), WITH_ACTION, "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"],
  ])("signature with %s", (secretKey, request, expected) => {
    expect(signature(request, secretKey)).toBe(expected);
    expect(authorization(request, { secretId: "AKID", secretKey })).toBe(
      `TC3-HMAC-SHA256 Credential=AKID/2019-02-25/cvm/tc3_request, ` +
        `SignedHeaders=${Object.keys(request.headers).join(";")}, Signature=${expected}`,
    );
  });
});
