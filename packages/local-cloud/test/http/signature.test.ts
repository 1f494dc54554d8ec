import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  canonicalRequest,
  parseAuthorization,
  signatureOf,
  stringToSign,
  verifySignature,
  verifyTimestamp,
} from "../../src/http/signature.ts";

// The example of the vendor's documentation of signature method v3, with the keys that its versions print.
const timestamp = 1551113065;
const scope = { date: "2019-02-25", service: "cvm" };
const request = {
  method: "POST",
  path: "/",
  query: "",
  headers: {
    "content-type": "application/json; charset=utf-8",
    host: "cvm.tencentcloudapi.com",
    "x-tc-action": "DescribeInstances",
  },
  body: Buffer.from('{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'),
};
const vectors = [
  {
    signedHeaders: ["content-type", "host"],
    key: "Gu5t9xGARNpq86cd98joQYCN3*******",
    canonicalHash: "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
    signature: "2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c",
  },
  {
    signedHeaders: ["content-type", "host"],
    key: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
    canonicalHash: "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
    signature: "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
  },
  {
    signedHeaders: ["content-type", "host", "x-tc-action"],
    key: "*".repeat(32),
    canonicalHash: "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
    signature: "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
  },
];

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");

test("the example's body has the documented hash", () => {
  expect(sha256(request.body)).toBe("35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
});

test.each(vectors)(
  "every rung of the documented example agrees: $signature",
  ({ signedHeaders, key, canonicalHash, signature }) => {
    const canonical = canonicalRequest(request, signedHeaders);
    expect(sha256(canonical)).toBe(canonicalHash);
    const text = stringToSign(timestamp, scope, canonical);
    expect(text).toBe(`TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n${canonicalHash}`);
    expect(signatureOf(key, scope, text)).toBe(signature);
    const authorization = { ...scope, secretId: "AKIDexample", signedHeaders, signature };
    expect(verifySignature(request, authorization, timestamp, key)).toBeUndefined();
  },
);

test("refuses the documented signature for another body, key or method", () => {
  const [vector] = vectors;
  if (!vector) throw new Error("no vector");
  const authorization = { ...scope, secretId: "AKIDexample", ...vector };
  const failure = expect.objectContaining({
    code: "AuthFailure.SignatureFailure",
    message: "The provided credentials could not be validated. Please check your signature is correct.",
  });
  expect(() => verifySignature({ ...request, body: Buffer.from("{}") }, authorization, timestamp, vector.key)).toThrow(
    failure,
  );
  expect(() => verifySignature(request, authorization, timestamp, "another")).toThrow(failure);
  expect(() => verifySignature({ ...request, method: "GET" }, authorization, timestamp, vector.key)).toThrow(failure);
});

test("reads an Authorization header with and without spaces after its commas", () => {
  const signature = "0".repeat(64);
  const expected = {
    secretId: "AKIDz8",
    date: "2019-02-25",
    service: "vpc",
    signedHeaders: ["content-type", "host"],
    signature,
  };
  for (const separator of [", ", ","]) {
    const header = [
      "TC3-HMAC-SHA256 Credential=AKIDz8/2019-02-25/vpc/tc3_request",
      "SignedHeaders=content-type;host",
      `Signature=${signature}`,
    ].join(separator);
    expect(parseAuthorization(header)).toEqual(expected);
  }
});

test("refuses an Authorization header that is absent, of another algorithm or cut short", () => {
  const failure = expect.objectContaining({
    code: "AuthFailure.InvalidAuthorization",
    message: "The `Authorization` in the request header is not a valid TC3-HMAC-SHA256 authorization.",
  });
  for (const header of [
    undefined,
    "",
    "Basic Zm9v",
    "TC3-HMAC-SHA256 Credential=AKIDz8/2019-02-25/vpc/tc3_request, SignedHeaders=host",
  ]) {
    expect(() => parseAuthorization(header)).toThrow(failure);
  }
});

test("takes a timestamp that is five minutes off, in both directions", () => {
  expect(verifyTimestamp(timestamp, timestamp + 300)).toBeUndefined();
  expect(verifyTimestamp(timestamp, timestamp - 300)).toBeUndefined();
});

test("refuses a timestamp that is more than five minutes off, in both directions", () => {
  const failure = expect.objectContaining({
    code: "AuthFailure.SignatureExpire",
    message: expect.stringContaining("five minutes"),
  });
  expect(() => verifyTimestamp(timestamp, timestamp + 301)).toThrow(failure);
  expect(() => verifyTimestamp(timestamp, timestamp - 301)).toThrow(failure);
});
