import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LocalCloud } from "local-cloud";
import { expect, onTestFinished, test } from "vitest";
import { openCloud } from "../src/client.ts";
import { CloudError } from "../src/errors.ts";

const REGION = "ap-singapore";
const KEY = { TENCENTCLOUD_SECRET_ID: "AKIDtest", TENCENTCLOUD_SECRET_KEY: "secret-of-the-test" };
const WHERE = { TENCENTCLOUD_PROTOCOL: "HTTP", TENCENTCLOUD_DOMAIN: "local-cloud.invalid" };

/** The environment in which the local cloud is called; it verifies each call's signature. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const cloud = await LocalCloud.start({ region: REGION, taskMs: 0 });
  onTestFinished(() => cloud.stop());
  cloud.seed.secret({ secretId: KEY.TENCENTCLOUD_SECRET_ID, secretKey: KEY.TENCENTCLOUD_SECRET_KEY });
  cloud.seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
  return { ...KEY, ...WHERE, HTTP_PROXY: cloud.apiUrls[0] };
}

test("signs its calls, also with text that is not ASCII, and returns what the cloud says", async () => {
  const client = openCloud(REGION, await environment());
  expect(await client.call("vpc", "DescribeVpcs", {})).toMatchObject({ VpcSet: [{ VpcId: "vpc-11111111" }] });
  const Filters = [{ Name: "vpc-name", Values: ["主备"] }];
  expect(await client.call("vpc", "DescribeVpcs", { Filters })).toMatchObject({ VpcSet: [] });
});

test("refuses with the cloud's code and a remedy, and knows a key that is not taken", async () => {
  const env = { ...(await environment()), TENCENTCLOUD_SECRET_KEY: "another" };
  const error = await openCloud(REGION, env)
    .call("vpc", "DescribeVpcs", {})
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CloudError);
  expect(error).toMatchObject({ code: "AuthFailure.SignatureFailure", refusesKey: true, isAboutTheCall: false });
  expect((error as Error).message).toMatch(/^DescribeVpcs: AuthFailure\.SignatureFailure: .*credentials are not valid/);
});

test("sends the token of temporary credentials", async () => {
  const headers: unknown[] = [];
  const env = await answering(JSON.stringify({ Response: { RequestId: "1" } }), (each) => headers.push(each));
  await openCloud(REGION, { ...env, TENCENTCLOUD_SECURITY_TOKEN: "token" }).call("sts", "GetCallerIdentity", {});
  await openCloud(REGION, env).call("sts", "GetCallerIdentity", {});
  expect(headers).toMatchObject([{ "x-tc-token": "token", "x-tc-version": "2018-08-13", "x-tc-region": REGION }, {}]);
  expect(headers[1]).not.toHaveProperty("x-tc-token");
});

test.each(["<html>secret</html>", "null", "{}", '{"Response":"secret"}', '{"Response":null}'])(
  "refuses %s, which is no answer of the API, without showing it",
  async (body) => {
    const error = await openCloud(REGION, await answering(body))
      .call("vpc", "DescribeVpcs", {})
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "NetworkError" });
    expect((error as Error).message).toMatch(/^(?!.*secret).*http:\/\/vpc\.local-cloud\.invalid\/ has not answered as/);
  },
);

/** The environment in which a server answers everything with a body. */
async function answering(body: string, onHeaders: (headers: unknown) => void = () => {}): Promise<NodeJS.ProcessEnv> {
  const server = createServer(({ headers }, response) => {
    onHeaders(headers);
    response.end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { ...KEY, ...WHERE, HTTP_PROXY: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
