import { expect, test } from "vitest";
import {
  checkHostName,
  checkInstanceName,
  hostNamesFor,
  numberedNames,
} from "../../../../src/services/cvm/instance/names.ts";

test.each(["ab", "web-pair-primary", "a.b", "Node1", "a".repeat(60)])("takes the host name %s", (name) => {
  expect(() => checkHostName(name)).not.toThrow();
});

test.each(["a", "-a", "a-", "a--b", "a..b", "a.-b", ".a", "a_b", "a b", "a".repeat(61)])(
  "refuses the host name %j",
  (name) => {
    expect(() => checkHostName(name)).toThrow(expect.objectContaining({ code: "InvalidHostName.Malformed" }));
  },
);

test("refuses an instance's name of more than 128 characters", () => {
  expect(() => checkInstanceName("n".repeat(128))).not.toThrow();
  expect(() => checkInstanceName("n".repeat(129))).toThrow(
    expect.objectContaining({ code: "InvalidInstanceName.TooLong" }),
  );
});

test.each([
  ["node", 1, ["node"]],
  ["node", 2, ["node1", "node2"]],
  ["node_{R:3}", 1, ["node_3"]],
  ["node_{R:3}", 2, ["node_3", "node_4"]],
  ["node_{R:3,F:3}", 2, ["node_003", "node_004"]],
  ["node_{R:99,F:2}", 2, ["node_99", "node_100"]],
  ["{R:1}-of-{R:8}", 2, ["1-of-8", "2-of-9"]],
  ["node{}", 2, ["node{}1", "node{}2"]],
])("%j for %i instances that are made together", (name, count, names) => {
  expect(numberedNames(name, count)).toEqual(names);
});

test("host names have the numbers of their instances, or their addresses", () => {
  const two = ["10.0.1.8", "10.0.1.9"];
  expect(hostNamesFor("node", two)).toEqual(["node1", "node2"]);
  expect(hostNamesFor("node-{IP}", two)).toEqual(["node-10.0.1.8", "node-10.0.1.9"]);
  expect(hostNamesFor("web-{IP}-{R:1}", two)).toEqual(["web-10.0.1.8-1", "web-10.0.1.9-2"]);
  expect(() => hostNamesFor("node-", ["10.0.1.8"])).toThrow(
    expect.objectContaining({ code: "InvalidHostName.Malformed" }),
  );
});
