import { expect, test } from "vitest";
import { ownFaultName } from "../../src/faults/own-fault.ts";
import { faultsOf } from "../../src/random/fault-of.ts";

const BOTH = ["havip", "secondary-private-ip"] as const;

test("a fault stands for all mechanisms, and a sequence is another one with each", () => {
  expect(faultsOf("node-crashed", BOTH)).toHaveLength(1);
  expect(faultsOf("random-3-7", BOTH)).toHaveLength(2);
});

test("a fault of the user's own is one fault, also with an @ in its commands", () => {
  const name = ownFaultName({ breaks: "systemctl stop nginx@1", mends: "systemctl start nginx@1" });
  expect(faultsOf(name, BOTH).map((fault) => fault.name)).toEqual([name]);
});
