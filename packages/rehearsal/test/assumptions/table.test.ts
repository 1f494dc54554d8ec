import { expect, test } from "vitest";
import type { Finding } from "../../src/assumptions/rehearse-trials.ts";
import { concludeFindings, renderFindings } from "../../src/assumptions/table.ts";

const served: Finding = {
  mechanism: "secondary-private-ip",
  assumptions: { "eip-of-migrated-address": "stays" },
  fault: "keepalived-stopped",
  verdict: { kind: "serves" },
  outages: [
    { via: "VIP", lastedMs: 900, boundMs: 2100 },
    { via: "EIP", lastedMs: 4100, boundMs: 10_100 },
  ],
};
const said: Finding = {
  ...served,
  mechanism: "havip",
  assumptions: { "user-data": "as-text" },
  verdict: { kind: "says", sentence: "on both nodes: cloud-init cannot" },
  outages: [],
};
const wrong: Finding = {
  ...served,
  verdict: { kind: "wrong", found: "the outage:\n too long" },
  outages: [{ via: "VIP", lastedMs: null, boundMs: 2100 }],
};

test("each finding is a line with what was assumed, the outages and how it ends", () => {
  expect(renderFindings([served, said, wrong])).toEqual([
    "mechanism             the cloud, otherwise than believed  VIP ms    EIP ms  ends",
    "secondary-private-ip  eip-of-migrated-address=stays       900       4100    well: the pair serves",
    "havip                 user-data=as-text                   -         -       at the first boot: on both nodes: cloud-init cannot",
    "secondary-private-ip  eip-of-migrated-address=stays       for good  -       WRONG: the outage: too long",
  ]);
});

test("the last line says whether all have ended well, or which have not", () => {
  expect(concludeFindings([served, said])).toBe("Each of 2 ended well, or said at the first boot why it cannot.");
  expect(concludeFindings([served, wrong])).toBe("FAILED: secondary-private-ip with eip-of-migrated-address=stays.");
});
