import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalCloud } from "../../src/index.ts";
import { type Answer, call, type Key, send } from "../support/client.ts";
import { rootKey, startPair } from "../support/pair.ts";

let cloud: LocalCloud;
let now: number;

beforeEach(async () => {
  now = Date.now();
  cloud = await startPair({ now: () => now });
});
afterEach(() => cloud.stop());

const fetchText = async (path: string, instanceId: string | undefined = "ins-aaaaaaaa") => {
  const { status, headers, text } = await send(cloud.metadataUrl(instanceId), { method: "GET", path });
  return { status, type: headers["content-type"], text };
};
const content = (path: string, instanceId?: string) => fetchText(`/latest/meta-data/${path}`, instanceId);
const found = (text: string) => ({ status: 200, type: "text/plain", text });
const notFound = { status: 404, type: "text/plain", text: "404 Not Found\n" };
const roleCredentials = async (instanceId?: string) =>
  JSON.parse((await content("cam/security-credentials/pair-hook", instanceId)).text);
const keyOf = ({ TmpSecretId, TmpSecretKey, Token }: Answer): Key => ({
  secretId: TmpSecretId,
  secretKey: TmpSecretKey,
  token: Token,
});
const attempt = (key: Key, action = "DescribeNetworkInterfaces") =>
  call(cloud, { key, action, timestamp: Math.floor(now / 1000) });
const tokenFailure = (problem: string) => ({
  Error: { Code: "AuthFailure.TokenFailure", Message: `The token is invalid: ${problem}.` },
});

describe("an instance's view", () => {
  test("names the instance, its place and its network", async () => {
    const mac = "network/interfaces/macs/52:54:00:00:00:AA";
    for (const [path, text] of [
      ["instance-id", "ins-aaaaaaaa"],
      ["instance-name", "ins-aaaaaaaa"],
      ["local-ipv4", "10.0.1.11"],
      ["mac", "52:54:00:00:00:AA"],
      ["placement/region", "ap-singapore"],
      ["placement/zone", "ap-singapore-1"],
      [`${mac}/mac`, "52:54:00:00:00:AA"],
      [`${mac}/primary-local-ipv4`, "10.0.1.11"],
      [`${mac}/vpc-id`, "vpc-11111111"],
      [`${mac}/subnet-id`, "subnet-11111111"],
    ] as const) {
      expect(await content(path), path).toEqual(found(text));
    }
    expect(await content("local-ipv4", "ins-bbbbbbbb")).toEqual(found("10.0.1.12"));
  });

  test("has no credentials once its role is gone", async () => {
    await roleCredentials();
    const timestamp = Math.floor(now / 1000);
    const body = { RoleName: "pair-hook" };
    await call(cloud, { key: rootKey, service: "cam", version: "2019-01-16", action: "DeleteRole", body, timestamp });
    expect(await content("cam/security-credentials/pair-hook")).toEqual(notFound);
  });

  test("finds a MAC address in lower case too", async () => {
    expect(await content("network/interfaces/macs/52:54:00:00:00:aa/vpc-id")).toEqual(found("vpc-11111111"));
  });

  test("lists its folders, and the interfaces that are attached later", async () => {
    expect((await content("")).text.split("\n")).toEqual([
      "instance-id",
      "instance-name",
      "local-ipv4",
      "mac",
      "placement/",
      "network/",
      "cam/",
    ]);
    expect(await content("placement")).toEqual(found("region\nzone"));
    expect(await content("cam/security-credentials/")).toEqual(found("pair-hook"));
    cloud.seed.networkInterface({
      subnetId: "subnet-22222222",
      privateIp: "10.0.2.10",
      instanceId: "ins-aaaaaaaa",
      macAddress: "52:54:00:00:01:aa",
    });
    expect(await content("network/interfaces/macs/")).toEqual(found("52:54:00:00:00:AA/\n52:54:00:00:01:AA/"));
  });

  test("refuses unknown paths, other methods and unknown instances with a 404 in text", async () => {
    expect(await content("eni-id")).toEqual(notFound);
    expect(await fetchText("/")).toEqual(notFound);
    expect(await fetchText("/latest/user-data")).toEqual(notFound);
    expect(await content("instance-id", "ins-zzzzzzzz")).toEqual(notFound);
    const { status } = await send(cloud.metadataUrl("ins-aaaaaaaa"), { method: "PUT", path: "/latest/meta-data/mac" });
    expect(status).toBe(404);
  });
});

describe("who asks", () => {
  const ask = async (of: LocalCloud, localAddress: string) =>
    (await send(of.metadataUrl(), { method: "GET", path: "/latest/meta-data/instance-id", localAddress })).text;

  test("is known by the address of an ENI, and others get a 404", async () => {
    cloud.seed.vpc({ vpcId: "vpc-loopback", cidrBlock: "127.0.0.0/16" });
    cloud.seed.subnet({
      subnetId: "subnet-loopback",
      vpcId: "vpc-loopback",
      cidrBlock: "127.0.0.0/24",
      zone: "ap-singapore-1",
    });
    cloud.seed.instance({ instanceId: "ins-loopback", subnetId: "subnet-loopback", privateIp: "127.0.0.11" });
    expect(await ask(cloud, "127.0.0.11")).toBe("ins-loopback");
    expect(await ask(cloud, "127.0.0.12")).toBe("404 Not Found\n");
  });

  test("can be told by a function", async () => {
    await using mapped = await startPair({
      instanceOf: (address) => (address === "127.0.0.13" ? "ins-bbbbbbbb" : undefined),
    });
    expect(await ask(mapped, "127.0.0.13")).toBe("ins-bbbbbbbb");
    expect(await ask(mapped, "127.0.0.14")).toBe("404 Not Found\n");
  });
});

describe("the role's credentials", () => {
  test("have the documented form and are accepted by the API, in the instance's name", async () => {
    const credentials = await roleCredentials();
    const expiredTime = Math.floor(now / 1000) + 7200;
    expect(credentials).toEqual({
      TmpSecretId: expect.stringMatching(/^AKID/),
      TmpSecretKey: expect.any(String),
      Token: expect.any(String),
      ExpiredTime: expiredTime,
      Expiration: new Date(expiredTime * 1000).toISOString().replace(".000", ""),
      Code: "Success",
    });
    const instances: (string | undefined)[] = [];
    cloud.on("call", ({ instanceId }) => instances.push(instanceId));
    expect(await attempt(keyOf(credentials))).toMatchObject({ TotalCount: 3 });
    expect(instances).toEqual(["ins-aaaaaaaa"]);
  });

  test("stay the same until ten minutes before their end, then new ones are given and both are accepted", async () => {
    const first = await roleCredentials();
    now += 6590_000;
    expect(await roleCredentials()).toEqual(first);
    now += 20_000;
    const second = await roleCredentials();
    expect(second.Token).not.toBe(first.Token);
    expect(second.ExpiredTime - first.ExpiredTime).toBe(6610);
    expect(await attempt(keyOf(first))).toMatchObject({ TotalCount: 3 });
    expect(await attempt(keyOf(second))).toMatchObject({ TotalCount: 3 });
  });

  test("are each instance's own", async () => {
    expect((await roleCredentials("ins-bbbbbbbb")).TmpSecretId).not.toBe((await roleCredentials()).TmpSecretId);
  });

  test("refuses them after their end, and those of an instance that was told to expire", async () => {
    const first = await roleCredentials();
    now += 7200_000;
    expect(await attempt(keyOf(first))).toMatchObject(tokenFailure("the token has expired"));
    const second = await roleCredentials();
    const other = await roleCredentials("ins-bbbbbbbb");
    cloud.expireCredentials("ins-aaaaaaaa");
    expect(await attempt(keyOf(second))).toMatchObject(tokenFailure("the token has expired"));
    expect(await attempt(keyOf(other))).toMatchObject({ TotalCount: 3 });
    expect(await attempt(keyOf(await roleCredentials()))).toMatchObject({ TotalCount: 3 });
  });

  test("refuses them without their token or with another one", async () => {
    const { secretId, secretKey } = keyOf(await roleCredentials());
    expect(await attempt({ secretId, secretKey })).toMatchObject(tokenFailure("the token is missing"));
    const { Token } = await roleCredentials("ins-bbbbbbbb");
    expect(await attempt({ secretId, secretKey, token: Token })).toMatchObject(
      tokenFailure("the token is not the key's"),
    );
  });

  test("refuses an instance without a role, and another role than the instance's", async () => {
    cloud.seed.role({ roleName: "other" });
    cloud.seed.instance({ instanceId: "ins-norole00", subnetId: "subnet-11111111", privateIp: "10.0.1.90" });
    expect(await content("cam/security-credentials/pair-hook", "ins-norole00")).toEqual(notFound);
    expect(await content("cam/security-credentials/", "ins-norole00")).toEqual(notFound);
    expect(await content("cam/security-credentials/other")).toEqual(notFound);
  });
});

describe("permissions", () => {
  test("refuses what the role's policy does not allow", async () => {
    const answer = await attempt(keyOf(await roleCredentials()), "AssociateAddress");
    expect(answer.Error).toEqual({
      Code: "UnauthorizedOperation",
      Message: `[request id:${answer.RequestId}]you are not authorized to perform operation (cvm:AssociateAddress)\nresource (*) has no permission\n`,
    });
  });

  test("refuses what another policy denies, and allows what a further one adds", async () => {
    const key = keyOf(await roleCredentials());
    const attach = (policyName: string, effect: string, action: string) => {
      cloud.seed.policy({ policyName, document: { version: "2.0", statement: [{ effect, action, resource: "*" }] } });
      cloud.seed.rolePolicyAttachment({ roleName: "pair-hook", policyName });
    };
    attach("no-enis", "deny", "vpc:DescribeNetworkInterfaces");
    expect(await attempt(key)).toMatchObject({ Error: { Code: "UnauthorizedOperation" } });
    expect(await attempt(key, "DescribeHaVips")).toMatchObject({ TotalCount: 1 });
    attach("eips", "allow", "cvm:*Address");
    expect(await attempt(key, "AssociateAddress")).toMatchObject({ Error: { Code: "MissingParameter" } });
  });
});
