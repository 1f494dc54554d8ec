import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CallEvent, LocalCloud } from "../../src/index.ts";
import { type Answer, type CallOptions, call, send, sign } from "../support/client.ts";
import { rootKey, startPair } from "../support/pair.ts";

let cloud: LocalCloud;
const logged: string[] = [];

beforeAll(async () => {
  cloud = await startPair({ log: (line) => logged.push(line) });
});
afterAll(() => cloud.stop());

const describeEnis: CallOptions = { key: rootKey, action: "DescribeNetworkInterfaces" };
const attempt = (options: Partial<CallOptions>): Promise<Answer> => call(cloud, { ...describeEnis, ...options });
const error = (Code: string, Message: unknown) => ({
  Error: { Code, Message },
  RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
});
const missing = (name: string) => error("MissingParameter", `The request is missing a required parameter \`${name}\`.`);

describe("a signed call", () => {
  test("is answered with its result and a RequestId, as JSON, with the cloud's time", async () => {
    const now = Date.now() + 100_000;
    await using ahead = await startPair({ now: () => now });
    const url = ahead.apiUrls[0] ?? "";
    const { status, headers, text } = await send(url, sign(url, describeEnis));
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/json");
    expect(headers["date"]).toBe(new Date(now).toUTCString());
    expect(JSON.parse(text).Response).toMatchObject({ TotalCount: 3, RequestId: expect.any(String) });
  });

  test("may sign more headers than content-type and host", async () => {
    expect(await attempt({ alsoSigned: ["x-tc-action"] })).toMatchObject({ TotalCount: 3 });
    expect(await attempt({ alsoSigned: ["x-tc-action", "x-tc-timestamp"] })).toMatchObject({ TotalCount: 3 });
  });

  test("may name the service by its host, have a content type without charset and an empty body", async () => {
    const options = { host: "vpc.internal.tencentcloudapi.com", contentType: "application/json", body: "" };
    expect(await attempt(options)).toMatchObject({ TotalCount: 3 });
  });

  test("is told to the listeners of calls", async () => {
    const events: CallEvent[] = [];
    const off = cloud.on("call", (event) => events.push(event));
    const { RequestId } = await attempt({});
    await attempt({ region: "ap-tokyo" });
    off();
    await attempt({});
    const told = {
      service: "vpc",
      action: "DescribeNetworkInterfaces",
      instanceId: undefined,
      ms: expect.any(Number),
      at: expect.any(Number),
    };
    expect(events).toEqual([
      { ...told, code: "OK", requestId: RequestId },
      { ...told, code: "InvalidParameterValue", requestId: expect.any(String) },
    ]);
  });
});

describe("common parameters", () => {
  test("refuses a call without action, version, timestamp or region", async () => {
    expect(await attempt({ tamper: { "x-tc-action": undefined } })).toEqual(missing("Action"));
    expect(await attempt({ tamper: { "x-tc-version": undefined } })).toEqual(missing("Version"));
    expect(await attempt({ tamper: { "x-tc-timestamp": undefined } })).toEqual(missing("Timestamp"));
    expect(await attempt({ tamper: { "x-tc-region": undefined } })).toEqual(missing("Region"));
  });

  test("refuses a timestamp that is not a number", async () => {
    expect(await attempt({ tamper: { "x-tc-timestamp": "now" } })).toEqual(
      error("InvalidParameterValue", "The value `now` of `X-TC-Timestamp` is not a Unix time in seconds."),
    );
  });

  test("refuses another region", async () => {
    expect(await attempt({ region: "ap-tokyo" })).toEqual(
      error(
        "InvalidParameterValue",
        "A value specified in `X-TC-Region` is not valid, is unsupported, or cannot be used: `ap-tokyo`.",
      ),
    );
  });

  test("refuses services, versions, actions and parameters that are not implemented, and logs them", async () => {
    logged.length = 0;
    expect(await attempt({ service: "cdn" })).toEqual(
      error("NoSuchProduct", "The specified service=`cdn` does not exist."),
    );
    expect(await attempt({ version: "2019-01-01" })).toEqual(
      error("NoSuchVersion", "The specified api version=`2019-01-01` does not exist in service=`vpc`."),
    );
    expect(await attempt({ action: "CreateVpnGateway" })).toEqual(
      error("InvalidAction", "The specified action=`CreateVpnGateway` does not exist in service=`vpc`."),
    );
    await attempt({ body: { Filters: [{ Name: "tag-key", Values: ["x"] }] } });
    await attempt({ body: { NetworkInterfaceId: "eni-aaaaaaaa" } });
    await attempt({ action: "DescribeTaskResult", body: { TaskId: 1, DealName: "2026" } });
    await attempt({ action: "DescribeTaskResult", body: { TaskId: 1 } });
    expect(logged).toEqual([
      "refused cdn:DescribeNetworkInterfaces 2017-03-12: NoSuchProduct: The specified service=`cdn` does not exist.",
      "refused vpc:DescribeNetworkInterfaces 2019-01-01: NoSuchVersion: The specified api version=`2019-01-01` does not exist in service=`vpc`.",
      "refused vpc:CreateVpnGateway 2017-03-12: InvalidAction: The specified action=`CreateVpnGateway` does not exist in service=`vpc`.",
      "refused vpc:DescribeNetworkInterfaces 2017-03-12: InvalidParameter.FilterInvalidKey: The filter `tag-key` is not valid.",
      "refused vpc:DescribeNetworkInterfaces 2017-03-12: UnknownParameter: The parameter `NetworkInterfaceId` is not recognized.",
      "refused vpc:DescribeTaskResult 2017-03-12: UnsupportedOperation: The parameter `DealName` is not supported here.",
    ]);
  });
});

describe("bodies", () => {
  test("refuses what is not a JSON object in UTF-8", async () => {
    for (const body of ['{"Limit":', "[]", "null", '"text"', "7"]) {
      expect(await attempt({ body })).toEqual(
        error("InvalidParameter", "The request body is not a valid JSON object."),
      );
    }
  });

  test("refuses other content types and methods", async () => {
    expect(await attempt({ contentType: "text/plain" })).toEqual(
      error("InvalidParameter", "The content type `text/plain` is not supported, use application/json."),
    );
    const { text } = await send(cloud.apiUrls[0] ?? "", { method: "GET", path: "/?Action=DescribeVpcs" });
    expect(JSON.parse(text).Response).toEqual(
      error("UnsupportedProtocol", "The HTTP method `GET` is not supported, use POST."),
    );
  });

  test("refuses a body over 10 MB and stays up", async () => {
    expect(await attempt({ body: " ".repeat(10 * 1024 * 1024 + 1) })).toEqual(
      error("RequestSizeLimitExceeded", "The request body exceeds the limit of 10485760 bytes."),
    );
    expect(await attempt({})).toMatchObject({ TotalCount: 3 });
  });

  test("refuses unknown parameters and wrong types, by their path", async () => {
    expect(await attempt({ body: { NetworkInterfaceId: "eni-aaaaaaaa" } })).toEqual(
      error("UnknownParameter", "The parameter `NetworkInterfaceId` is not recognized."),
    );
    expect(await attempt({ body: { Limit: "20" } })).toEqual(
      error("InvalidParameter", "The value type of parameter `Limit` is not valid."),
    );
    expect(await attempt({ body: { Filters: [{ Name: "vpc-id", Values: "vpc-11111111" }] } })).toEqual(
      error("InvalidParameter", "The value type of parameter `Filters.0.Values` is not valid."),
    );
    expect(await attempt({ body: { Filters: [{ Values: ["vpc-11111111"] }] } })).toEqual(missing("Filters.0.Name"));
  });

  test("takes null for a parameter that is absent", async () => {
    expect(await attempt({ body: { NetworkInterfaceIds: null, Filters: null } })).toMatchObject({ TotalCount: 3 });
  });

  test("stays up when clients send garbage or hang up in the middle of a body", async () => {
    const { hostname, port } = new URL(cloud.apiUrls[0] ?? "");
    for (const text of ["\u0000\u0001garbage\r\n\r\n", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.write(text, () => socket.destroy()));
        socket.on("close", () => resolve());
      });
    }
    expect(await attempt({})).toMatchObject({ TotalCount: 3 });
  });
});
