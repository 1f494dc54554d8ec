import { expect, test } from "vitest";
import { judgeTrial } from "../../src/assumptions/verdict.ts";
import type { Trial } from "../../src/assumptions/trials.ts";
import type { RunRecord, ViolationRecord } from "../../src/report/run-record.ts";

const recordWith = (...violations: ViolationRecord[]) => ({ violations }) as unknown as RunRecord;
const serving: Trial = { mechanism: "havip", assumptions: { "internal-endpoint": "absent" } };
const speaking: Trial = { mechanism: "havip", assumptions: { "user-data": "as-text" } };
const SENTENCE =
  "on both nodes: cloud-init cannot read the user data, which is gzip: the cloud has not delivered it byte for byte; boot an image";

test("a failover without a violation is a pair that serves", () => {
  expect(judgeTrial(serving, recordWith())).toEqual({ kind: "serves" });
});

test("a violation is wrong, and is told", () => {
  const late = { check: "the outage is within its bound", text: "through the EIP it lasted to the end" };
  expect(judgeTrial(serving, recordWith(late))).toEqual({ kind: "wrong", found: `${late.check}: ${late.text}` });
  expect(judgeTrial(serving, undefined)).toEqual({ kind: "wrong", found: "the run was not made" });
});

test("where the pair cannot serve, the first boot must say why, and what to do", () => {
  const boot = (text: string) => recordWith({ check: "the pair comes up", text });
  expect(judgeTrial(speaking, boot(`  ${SENTENCE}\n    seen: nobody`))).toEqual({ kind: "says", sentence: SENTENCE });
  expect(judgeTrial(speaking, boot("the service did not come"))).toMatchObject({ kind: "wrong" });
  expect(judgeTrial(serving, boot(SENTENCE))).toMatchObject({ kind: "wrong" });
  expect(judgeTrial(speaking, recordWith())).toEqual({ kind: "wrong", found: "the pair serves, which it cannot" });
});
