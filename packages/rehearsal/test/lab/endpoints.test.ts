import { describe, expect, test } from "vitest";
import { endpointsOf } from "../../src/lab/endpoints.ts";
import type { StackNode } from "../../src/stack/stack.ts";

const node = (change: Partial<StackNode>): StackNode => ({
  role: "primary",
  instanceId: "ins-1",
  instanceName: "web-primary",
  privateIp: "10.0.1.11",
  userData: Buffer.from(""),
  apiEndpoints: ["https://vpc.internal.tencentcloudapi.com", "https://vpc.tencentcloudapi.com"],
  metadataEndpoint: "http://metadata.tencentyun.com",
  ...change,
});

describe("the cloud of a rehearsal answers", () => {
  test("at the endpoints that nodes are told by default", () => {
    expect(endpointsOf([node({}), node({})])).toEqual({
      hosts: {
        "vpc.internal.tencentcloudapi.com": "169.254.0.24",
        "vpc.tencentcloudapi.com": "169.254.0.24",
        "metadata.tencentyun.com": "169.254.0.23",
      },
      certified: ["vpc.internal.tencentcloudapi.com", "vpc.tencentcloudapi.com"],
      api: [{ port: 443, isTls: true }],
      metadataPort: 80,
    });
  });

  test("at others, with ports of their own and without TLS", () => {
    const change = {
      apiEndpoints: ["http://proxy.corp:8080", "https://vpc.corp:8443"],
      metadataEndpoint: "http://md:81",
    };
    expect(endpointsOf([node(change)])).toEqual({
      hosts: { "proxy.corp": "169.254.0.24", "vpc.corp": "169.254.0.24", md: "169.254.0.23" },
      certified: ["vpc.corp"],
      api: [
        { port: 8080, isTls: false },
        { port: 8443, isTls: true },
      ],
      metadataPort: 81,
    });
  });

  test("at the metadata service's own address", () => {
    expect(endpointsOf([node({ metadataEndpoint: "http://169.254.0.23" })]).metadataPort).toBe(80);
  });
});

test.each<[string, Partial<StackNode>, RegExp]>([
  [
    "an API by its address",
    { apiEndpoints: ["https://10.0.0.5"] },
    /'apiEndpoints' must be names .*'https:\/\/10\.0\.0\.5'/,
  ],
  ["metadata at another address", { metadataEndpoint: "http://10.0.0.5" }, /'metadataEndpoint' must be/],
  ["metadata below a path", { metadataEndpoint: "http://md/x" }, /without a path, .*got 'http:\/\/md\/x'/],
])("refuses %s", (_, change, message) => expect(() => endpointsOf([node(change)])).toThrow(message));
