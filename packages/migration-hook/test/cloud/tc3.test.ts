import { expect, test } from "vitest";
import { authorization, type Tc3Request } from "../../src/cloud/tc3.ts";

/** The vendor's published example: its body has literal \u escapes. */
const REQUEST: Tc3Request = {
  service: "cvm",
  headers: { "content-type": "application/json; charset=utf-8", host: "cvm.tencentcloudapi.com" },
  body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
  timestamp: 1551113065,
};
const WITH_ACTION = { ...REQUEST, headers: { ...REQUEST.headers, "x-tc-action": "describeinstances" } };

test.each([
  ["Gu5t9xGARNpq86cd98joQYCN3*******", REQUEST, "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c"],
  ["Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", REQUEST, "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"],
  ["*".repeat(32), WITH_ACTION, "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"],
])("the vendor's vectors: signed with %s", (secretKey, request, expected) => {
  expect(authorization(request, { TmpSecretId: "AKID", TmpSecretKey: secretKey })).toBe(
    `TC3-HMAC-SHA256 Credential=AKID/2019-02-25/cvm/tc3_request, ` +
      `SignedHeaders=${Object.keys(request.headers).join(";")}, Signature=${expected}`,
  );
});
