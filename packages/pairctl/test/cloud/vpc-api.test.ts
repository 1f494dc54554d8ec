import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Host } from "../../src/node/host.ts";
import { actions, holder, startCloud, STATE, tampered, TestNode } from "../support/pair.ts";
import { network, simulateTimers } from "../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

const codes = (calls: readonly { code: string }[] = []) => calls.map(({ code }) => code);

describe("the metadata service", () => {
  test("is not needed for a move while the credentials that are kept are good", async () => {
    await primary.notify("MASTER").run();
    cloud.faults.add({ action: "metadata", dropConnection: true, count: Infinity });
    expect((await primary.notify("MASTER").run()).receipt.verdict).toBe("holds");
    expect(cloud.faults.pending[0]?.count).toBe(Infinity);
  });

  test("is asked again shortly before they expire", async () => {
    await primary.notify("MASTER").run();
    const { TmpSecretId, ExpiredTime } = JSON.parse(primary.files.get(`${STATE}credentials`) ?? "");
    expect(TmpSecretId).toMatch(/^AKID/);
    let asked = 0;
    const counting: Partial<Host> = {
      request: (url, request) => {
        if (url.includes("security-credentials")) asked += 1;
        return network.request(url, request);
      },
    };
    const runAt = async (seconds: number) => {
      await primary.run({ ...counting, now: () => seconds * 1000 });
      return asked;
    };
    expect(await runAt(ExpiredTime - 62)).toBe(0);
    expect(await runAt(ExpiredTime - 58)).toBeGreaterThan(0);
  });

  test("is asked again where what is kept is damaged", async () => {
    primary.files.set(`${STATE}credentials`, '{"TmpSecretId": "AKIDhalf');
    expect((await primary.notify("MASTER").run()).receipt.verdict).toBe("moved");
  });

  test("may be gone for seconds: the run asks until its deadline", async () => {
    cloud.faults.add({ action: "metadata", dropConnection: true, count: 7 });
    expect((await primary.notify("MASTER").run()).receipt.verdict).toBe("moved");
  });

  test("may be gone for seconds when credentials are asked for, too", async () => {
    cloud.faults.add({ action: "metadata", dropConnection: true, count: 3 });
    expect((await primary.notify("MASTER").run()).receipt.verdict).toBe("moved");
  });

  test.each([
    ["nothing", ""],
    ["a page of HTML", "<html>please log in</html>"],
    ["an object without credentials", "{}"],
    ["null", "null"],
    ["half the credentials", '{"Code":"Success","TmpSecretId":"AKID1","TmpSecretKey":"2"}'],
  ])("that answers with %s leads to a clear line", async (_, body) => {
    const { status, receipt } = await primary.notify("MASTER").run({ ...tampered("metadata", () => body) });
    expect(receipt).toMatchObject({ holderAfter: "unknown", verdict: "failed", calls: [] });
    expect(receipt.message).toMatch(/^metadata cam.*: status 200, no credentials/);
    expect(status).toBe(1);
    expect(holder(cloud)).toBeUndefined();
  });

  test("that is slow is not waited for beyond a second", async () => {
    let asked = 0;
    const { receipt } = await primary.notify("MASTER").run({
      random: () => 0,
      request: async (url, question) => {
        if (!url.includes("security-credentials") || asked++ > 0) return network.request(url, question);
        await primary.time.sleep(Math.min(3000, question.timeoutMs));
        throw new Error("timed out");
      },
    });
    expect(receipt.verdict).toBe("moved");
    // Then come the pause after an error, and the one before the second question for the task.
    expect(receipt.ms).toBe(1000 + 25 + 10);
  });

  test("says no secret in an error, also where a cut-off answer is quoted by Node's parser", async () => {
    const cutOff = tampered("metadata", () => '{"TmpSecretKey": verysecret');
    const { receipt } = await primary.notify("MASTER").run(cutOff);
    expect(receipt.message).toContain("no credentials");
    expect(JSON.stringify(receipt)).not.toContain("verysecret");
  });
});

describe("the API", () => {
  test("may refuse the token once: fresh credentials are asked for", async () => {
    await primary.notify("MASTER").run();
    cloud.expireCredentials("ins-primary0");
    const { receipt } = await primary.run();
    expect(receipt.verdict).toBe("holds");
    expect(codes(receipt.calls)).toEqual(["AuthFailure.TokenFailure", "AuthFailure.TokenFailure", "OK", "OK"]);
  });

  test.each([
    ["TmpSecretKey", "damaged", "AuthFailure.SignatureFailure"],
    ["TmpSecretId", "AKIDdamaged", "AuthFailure.SecretIdNotFound"],
    ["TmpSecretId", "a, b", "AuthFailure.InvalidAuthorization"],
    ["Token", "damaged", "AuthFailure.TokenFailure"],
  ])(
    "refuses credentials that are kept with the %s '%s': fresh ones are asked for, and kept",
    async (key, value, code) => {
      await primary.notify("MASTER").run();
      const file = `${STATE}credentials`;
      const good = primary.files.get(file) ?? "";
      primary.files.set(file, JSON.stringify({ ...JSON.parse(good), [key]: value }));
      // Each run begins a new session, as a single run does.
      const { receipt } = await primary.run();
      expect(receipt.verdict).toBe("holds");
      expect(codes(receipt.calls)).toEqual([code, code, "OK", "OK"]);
      expect(JSON.parse(primary.files.get(file) ?? "")).toEqual(JSON.parse(good));
    },
  );

  test.each([
    ["whose clock is off", "AuthFailure.SignatureExpire", 1],
    ["whose role is denied", "AuthFailure.UnauthorizedOperation", 1],
    ["whose role is denied by another name", "UnauthorizedOperation", 1],
    ["whose credentials are refused, fresh ones as well", "AuthFailure.SignatureFailure", 30],
    ["whose token is refused, a fresh one as well", "AuthFailure.TokenFailure", 30],
  ])("keeps a node %s from asking for credentials over and over", async (_, code, most) => {
    await primary.notify("MASTER").run();
    cloud.faults.add({ action: "*", code, count: Infinity });
    let asked = 0;
    const request: Host["request"] = (url, question) => {
      if (url.includes("security-credentials")) asked += 1;
      return network.request(url, question);
    };
    const { receipt } = await primary.run({ request });
    expect(receipt).toMatchObject({ verdict: "failed", agree: "unknown" });
    // In a run of ten seconds, or in one that ends at once: the next begins an advert interval later.
    expect(asked).toBeLessThan(most);
    expect(receipt.ms === 10_000 || receipt.ms < 1000).toBe(true);
  });

  test("may refuse fresh ones, too: the run fails at its deadline, having asked again ever more slowly", async () => {
    cloud.faults.add({ action: "*", code: "AuthFailure.TokenFailure", count: Infinity });
    const { status, receipt } = await primary.notify("MASTER").run();
    expect(receipt.message).toContain("AuthFailure.TokenFailure");
    expect(status).toBe(1);
    expect(receipt.calls?.length).toBeLessThanOrEqual(30);
  });

  test.each([-1, 1])("tells the time to a node whose clock is %d hour off", async (hours) => {
    const now = () => Date.now() + hours * 3_600_000;
    const { receipt } = await primary.notify("MASTER").run({ now });
    expect(receipt.verdict).toBe("moved");
    expect(codes(receipt.calls).filter((code) => code === "AuthFailure.SignatureExpire")).toHaveLength(2);
  });

  test("that does not tell the time leaves a node with a wrong clock to a clear line", async () => {
    const { request } = network;
    const dateless: Partial<Host> = {
      now: () => Date.now() + 3_600_000,
      request: async (url, asked) => ({ ...(await request(url, asked)), date: undefined }),
    };
    const { receipt } = await primary.notify("MASTER").run(dateless);
    expect(receipt).toMatchObject({ verdict: "failed", holderAfter: "unknown" });
    expect(receipt.message).toContain("AuthFailure.SignatureExpire");
  });

  test.each([
    ["not JSON", "<html>"],
    ["cut off", '{"Response":{"NetworkInter'],
    ["empty", ""],
    ["null", "null"],
    ["without a Response", "{}"],
    ["with a Response of null", '{"Response":null}'],
    ["without its list", '{"Response":{"RequestId":"1"}}'],
    ["with a text where a list belongs", '{"Response":{"RequestId":"1","NetworkInterfaceSet":"none"}}'],
    ["with nulls in its list", '{"Response":{"RequestId":"1","NetworkInterfaceSet":[null,7]}}'],
    ["without addresses", '{"Response":{"RequestId":"1","NetworkInterfaceSet":[{"NetworkInterfaceId":"eni-1"}]}}'],
  ])("may answer %s: who has the address is unknown then, and nothing is moved", async (_, body) => {
    const broken = tampered("DescribeNetworkInterfaces", () => body);
    const { status, receipt } = await primary.notify("MASTER").run(broken);
    expect(receipt).toMatchObject({ holderAfter: "unknown", verdict: "failed" });
    expect(receipt.message).toMatch(/^malformed: .|NetworkError: http.*: ./);
    expect(status).toBe(1);
    expect(actions(receipt)).not.toContain("AssignPrivateIpAddresses");
  });

  test("is believed no more than its last answer: what was seen before an error is unknown again", async () => {
    await primary.notify("MASTER").run();
    cloud.faults.add({ action: "DescribeNetworkInterfaces", code: "InternalError", count: Infinity });
    const { status, receipt } = await primary.run();
    expect(receipt).toMatchObject({ holderAfter: "unknown", verdict: "failed" });
    expect(receipt.message).toMatch(/InternalError/);
    expect(status).toBe(1);
  });

  test("may echo a secret: the receipt does not", async () => {
    await primary.notify("MASTER").run();
    const { TmpSecretId, TmpSecretKey, Token } = JSON.parse(primary.files.get(`${STATE}credentials`) ?? "");
    const message = `${TmpSecretId} ${TmpSecretKey} ${Token}`;
    cloud.faults.add({ action: "*", code: "AuthFailure.UnauthorizedOperation", message, count: Infinity });
    const { receipt } = await primary.run();
    expect(receipt.message).toBe("DescribeNetworkInterfaces: AuthFailure.UnauthorizedOperation: *** *** ***");
  });

  test("is asked at the next endpoint where the first is not there, and both look-ups go on there", async () => {
    primary.settings["apiEndpoints"] = ["http://127.0.0.1:1", ...cloud.apiUrls];
    const { receipt } = await primary.notify("MASTER").run();
    expect(codes(receipt.calls).slice(0, 4)).toEqual(["NetworkError", "NetworkError", "OK", "OK"]);
  });

  test("is asked in the pair's region, where the endpoint's name has a place for that", async () => {
    primary.settings["apiEndpoints"] = ["https://vpc.{region}.tencentcloudapi.com"];
    const asked = new Set<string>();
    await primary.notify("MASTER").run({
      request: async (url, question) => {
        if (question.method === "GET") return network.request(url, question);
        asked.add(`${url} as ${question.headers?.["host"]}`);
        throw new Error("getaddrinfo ENOTFOUND");
      },
    });
    const name = "vpc.ap-singapore.tencentcloudapi.com";
    expect([...asked]).toEqual([`https://${name}/ as ${name}`]);
  });

  test("is asked by the proxy of the settings, and the metadata service by none", async () => {
    primary.settings["httpsProxy"] = "http://10.0.1.5:3128";
    const proxies: unknown[] = [];
    await primary.notify("MASTER").run({
      request: (url, question) => {
        proxies.push([question.method, question.proxy]);
        return network.request(url, question);
      },
    });
    expect(new Set(proxies.map(String))).toEqual(new Set(["GET,", "POST,http://10.0.1.5:3128"]));
  });

  test("is asked where it has answered last, also by the next run: none waits again for what is not there", async () => {
    primary.settings["apiEndpoints"] = ["http://127.0.0.1:1", ...cloud.apiUrls];
    await primary.notify("MASTER").run();
    const { receipt } = await primary.run();
    expect(receipt.verdict).toBe("holds");
    expect(codes(receipt.calls)).toEqual(receipt.calls?.map(() => "OK"));
  });

  test("is asked at the first endpoint again behind the last one", async () => {
    primary.settings["apiEndpoints"] = [...cloud.apiUrls, "http://127.0.0.1:1"];
    cloud.faults.add({ action: "*", dropConnection: true, count: 2 });
    const { receipt } = await primary.notify("MASTER").run();
    expect(receipt.verdict).toBe("moved");
    expect(codes(receipt.calls).filter((code) => code === "NetworkError")).toHaveLength(4);
  });

  test.each([["{}"], ['{"code":404}'], ['{"Response":"maintenance"}']])(
    "is asked at the next endpoint where the first answers with JSON that is not the API's: %s",
    async (answer) => {
      const [real = ""] = cloud.apiUrls;
      primary.settings["apiEndpoints"] = ["http://127.0.0.1:2", real];
      const { request } = network;
      const host: Partial<Host> = {
        request: (url, asked) =>
          url.includes("127.0.0.1:2/") || url === "http://127.0.0.1:2"
            ? Promise.resolve({ status: 200, headers: {}, body: answer } as Awaited<ReturnType<Host["request"]>>)
            : request(url, asked),
      };
      const { receipt } = await primary.notify("MASTER").run(host);
      expect(receipt.verdict).toBe("moved");
      expect(codes(receipt.calls)).toContain("NetworkError");
    },
  );

  test("may be gone for seconds: the run looks until its deadline, by a clock that does not jump", async () => {
    cloud.faults.add({ action: "DescribeNetworkInterfaces", dropConnection: true, count: 12 });
    let jumps = 0;
    const now = () => Date.now() + (jumps++ % 2) * 20_000;
    expect((await primary.notify("MASTER").run({ now })).receipt.verdict).toBe("moved");
  });
});

describe("a node that cannot write", () => {
  test.each(["ENOSPC: no space left on device", "EROFS: read-only file system"])(
    "moves the address all the same: %s",
    async (reason) => {
      primary.notify("MASTER");
      const full: Partial<Host> = {
        writeFile: (path) => {
          throw new Error(`${reason}, open '${path}'`);
        },
      };
      const { status, receipt } = await primary.run(full);
      expect(receipt).toMatchObject({ verdict: "moved", holderAfter: "mine" });
      expect(status).toBe(0);
      expect((await primary.run(full)).receipt.verdict).toBe("holds");
    },
  );
});
