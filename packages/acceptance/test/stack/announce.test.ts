import { expect, test } from "vitest";
import { announce } from "../../src/stack/announce.ts";

const options = { region: "ap-singapore", folder: "/runs/one", instanceType: "S5.MEDIUM2" };
const counts = new Map([
  ["instance", 2],
  ["vpc", 1],
]);

test("says what is made, what it costs an hour and for the run, and where its state is", () => {
  const text = announce("acceptance-123456", options, counts, { zone: "ap-singapore-2", pricePerHour: 0.05 }).join(
    "\n",
  );
  expect(text).toContain("zone ap-singapore-2, under the name acceptance-123456");
  expect(text).toContain("2 instance, 1 vpc");
  expect(text).toContain("2 S5.MEDIUM2 cost 0.1 an hour, in the account's currency: about 0.05");
  expect(text).toContain("/runs/one");
});

test("says that the cloud tells no price, where it tells none", () => {
  const text = announce("a", options, counts, { zone: "ap-singapore-2", pricePerHour: undefined }).join("\n");
  expect(text).toContain("The cloud does not say what an hour of S5.MEDIUM2 costs");
});
