import { expect, test } from "vitest";
import { ASSUMPTIONS } from "local-cloud";
import { listAssumptions } from "../../src/cli/assumption-list.ts";

test("the list says of each assumption what it is about, what is believed, and what there is to go by", () => {
  const lines = listAssumptions();
  expect(lines.slice(0, 4)).toEqual([
    "migration-from-free-eni=refused",
    "  about:    Whether an address may be migrated from an ENI that is attached to nothing, as the parking ENI is.",
    "  believed: works",
    "  source:   The vendor's scripts only move between instances; the API has UnauthorizedOperation.AttachmentNotFound.",
  ]);
  expect(lines).toContain("eip-of-migrated-address=stays|unbound");
  expect(lines).toContain("interface-address-order=primary-last|any");
  expect(lines).toContain("ha-vip-association=after-30-s");
  expect(lines).toContain("user-data=as-text");
  expect(lines).toHaveLength(4 * Object.keys(ASSUMPTIONS).length);
});
