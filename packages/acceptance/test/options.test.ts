import { expect, test } from "vitest";
import { parseAcceptanceOptions, UsageError } from "../src/options.ts";

const needed = ["--region", "ap-singapore", "--mechanism", "havip"];

test("a region and a mechanism are all that is needed", () => {
  expect(parseAcceptanceOptions(needed)).toMatchObject({
    region: "ap-singapore",
    mechanism: "havip",
    instanceType: "S5.MEDIUM2",
    folder: expect.stringMatching(/\.acceptance\/ap-singapore-havip$/),
    from: "0.0.0.0/0",
    probeThrough: [],
    yes: false,
    destroy: false,
  });
  expect(parseAcceptanceOptions([...needed, "--probe-through", "ssh ops@bastion"])).toMatchObject({
    probeThrough: ["ssh", "ops@bastion"],
  });
  expect(parseAcceptanceOptions(["--help"])).toBeUndefined();
});

test.each([
  [["--mechanism", "havip"], "--region must be a region such as ap-singapore, got ''"],
  [["--region", "Singapore!", "--mechanism", "havip"], "got 'Singapore!'"],
  [["--region", "ap-singapore"], "--mechanism must be one of"],
  [["--region", "ap-singapore", "--mechanism", "vrrp"], "got 'vrrp'"],
  [[...needed, "--from", "office"], "--from must be an IPv4 address or a CIDR block such as 203.0.113.7, got 'office'"],
  [[...needed, "--from", "10.0.0.0/33"], "got '10.0.0.0/33'"],
  [[...needed, "--force"], "--force"],
])("refuses %j", (args, message) => {
  expect(() => parseAcceptanceOptions(args)).toThrow(UsageError);
  expect(() => parseAcceptanceOptions(args)).toThrow(message);
});
