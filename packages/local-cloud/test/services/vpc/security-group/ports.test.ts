import { expect, test } from "vitest";
import { checkPorts } from "../../../../src/services/vpc/security-group/ports.ts";

test.each([
  ["TCP", "ALL"],
  ["TCP", "80"],
  ["UDP", "80,443,8080"],
  ["TCP", "8000-8010"],
  ["TCP", "65535"],
  ["ALL", "all"],
  ["ICMP", "ALL"],
])("takes %s %s", (protocol, port) => {
  expect(() => checkPorts(protocol, port)).not.toThrow();
});

test.each([
  ["ALL", "80", "InvalidParameterValue"],
  ["ICMP", "80", "InvalidParameterValue"],
  ["ICMPV6", "1-2", "InvalidParameterValue"],
  ["GRE", "47", "InvalidParameterValue"],
  ["TCP", "70000", "InvalidParameterValue.Range"],
  ["TCP", "80,65536", "InvalidParameterValue.Range"],
  ["TCP", "90-80", "InvalidParameterValue.Malformed"],
  ["TCP", "80,8000-8010", "InvalidParameterValue.Malformed"],
  ["TCP", "80-90-100", "InvalidParameterValue.Malformed"],
  ["TCP", "http", "InvalidParameterValue.Malformed"],
])("refuses %s %s", (protocol, port, code) => {
  expect(() => checkPorts(protocol, port)).toThrow(expect.objectContaining({ code }));
});
