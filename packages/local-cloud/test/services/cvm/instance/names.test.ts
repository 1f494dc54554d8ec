import { expect, test } from "vitest";
import { checkHostName, checkInstanceName } from "../../../../src/services/cvm/instance/names.ts";

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
