import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalCloud } from "../../src/index.ts";
import { type Answer, type CallOptions, call, send, sign } from "../support/client.ts";
import { rootKey, startPair } from "../support/pair.ts";

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startPair();
});
afterAll(() => cloud.stop());

const describeEnis: CallOptions = { key: rootKey, action: "DescribeNetworkInterfaces" };
const attempt = (options: Partial<CallOptions>): Promise<Answer> => call(cloud, { ...describeEnis, ...options });
const error = (Code: string, Message: unknown) => ({
  Error: { Code, Message },
  RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
});
const badSignature = (detail = "") =>
  error(
    "AuthFailure.SignatureFailure",
    `The provided credentials could not be validated. Please check your signature is correct.${detail && ` ${detail}`}`,
  );

describe("authentication", () => {
  test("refuses a signature of another secret", async () => {
    expect(await attempt({ key: { ...rootKey, secretKey: "another" } })).toEqual(badSignature());
  });

  test("refuses a body or a signed header that was changed on the way", async () => {
    const url = cloud.apiUrls[0] ?? "";
    const { headers } = sign(url, describeEnis);
    const { text } = await send(url, { headers, body: '{"Limit":1}' });
    expect(JSON.parse(text).Response).toEqual(badSignature());
    expect(await attempt({ tamper: { "content-type": "application/json" } })).toEqual(badSignature());
    expect(await attempt({ alsoSigned: ["x-tc-action"], tamper: { "x-tc-action": "DescribeHaVips" } })).toEqual(
      badSignature(),
    );
  });

  test("refuses signed headers that are not in the request, not in order, or lack host", async () => {
    expect(await attempt({ alsoSigned: ["x-tc-region"], tamper: { "x-tc-region": undefined } })).toEqual(
      badSignature("The signed header `x-tc-region` is not in the request."),
    );
    const withHeaders = (names: string) => {
      const { headers } = sign(cloud.apiUrls[0] ?? "", describeEnis);
      return { authorization: headers["authorization"]?.replace("content-type;host", names) };
    };
    expect(await attempt({ tamper: withHeaders("host;content-type") })).toEqual(
      badSignature("The signed headers must be in alphabetical order, each once."),
    );
    expect(await attempt({ tamper: withHeaders("content-type") })).toEqual(
      badSignature("The header `host` must be signed."),
    );
  });

  test("refuses a credential scope of another day or another service than the host's", async () => {
    const timestamp = Math.floor(Date.now() / 1000);
    const today = new Date(timestamp * 1000).toISOString().slice(0, 10);
    expect(await attempt({ timestamp, date: "2019-02-25" })).toEqual(
      badSignature(`The credential's date \`2019-02-25\` is not the timestamp's, \`${today}\`.`),
    );
    expect(await attempt({ host: "vpc.tencentcloudapi.com", service: "cvm" })).toEqual(
      badSignature("The credential's service `cvm` is not the host's, `vpc`."),
    );
  });

  test("refuses a clock that is more than five minutes off", async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const timestamp of [now - 310, now + 310]) {
      expect(await attempt({ timestamp })).toEqual(
        error("AuthFailure.SignatureExpire", expect.stringContaining("differ by more than five minutes")),
      );
    }
  });

  test("refuses an unknown key", async () => {
    expect(await attempt({ key: { secretId: "AKIDnobody", secretKey: "x" } })).toEqual(
      error("AuthFailure.SecretIdNotFound", "The SecretId is not found, please ensure that your SecretId is correct."),
    );
  });

  test("refuses a token with a permanent key", async () => {
    expect(await attempt({ key: { ...rootKey, token: "made-up" } })).toEqual(
      error("AuthFailure.TokenFailure", "The token is invalid: the key is permanent and has no token."),
    );
  });

  test("refuses a call without Authorization", async () => {
    expect(await attempt({ tamper: { authorization: undefined } })).toEqual(
      error(
        "AuthFailure.InvalidAuthorization",
        "The `Authorization` in the request header is not a valid TC3-HMAC-SHA256 authorization.",
      ),
    );
  });
});
