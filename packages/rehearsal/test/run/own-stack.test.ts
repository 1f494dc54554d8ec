import { expect, test } from "vitest";
import type { Fault } from "../../src/faults/fault.ts";
import { planOwnStack } from "../../src/run/own-stack.ts";

const fault = (name: string, settings?: object) => ({ name, ...(settings && { settings }) }) as Fault;

test("faults that need other settings than the pair's are left out, and it is said", () => {
  const plan = planOwnStack({ mechanism: "havip" }, [fault("a"), fault("b", {})], ["havip", "secondary-private-ip"]);
  expect(plan.faults.map(({ name }) => name)).toEqual(["a"]);
  expect(plan.mechanisms).toEqual(["havip"]);
  expect(plan.leftOut).toEqual(["left out, since they need a pair with settings of their own: b"]);
  expect(planOwnStack({ mechanism: "havip" }, [fault("a")], ["havip"]).leftOut).toEqual([]);
});

test("refuses a mechanism that the pair does not have", () => {
  expect(() => planOwnStack({ mechanism: "havip" }, [fault("a")], ["secondary-private-ip"])).toThrow(
    /--mechanism must be that of the pair, havip, got 'secondary-private-ip'/,
  );
});

test("refuses where no fault is left", () => {
  expect(() => planOwnStack({ mechanism: "havip" }, [fault("b", {})], ["havip"])).toThrow(
    /--fault must name .* got 'b'/,
  );
});
