import { MECHANISMS } from "pairctl/contract";
import { z } from "zod";

const time = z.iso.datetime().describe("UTC");

/** What became of a fault. */
const faultRun = z
  .strictObject({
    fault: z.string().describe("stop, kill, crash or reboot"),
    does: z.string(),
    at: time,
    passed: z.boolean().describe("whether the pair was well again, on the node on which it had to be"),
    outageMs: z
      .number()
      .int()
      .min(0)
      .nullable()
      .describe("longest time between two answers through the EIP; null: not measured"),
    convergedMs: z.number().int().min(0).nullable().describe("until one node served and the other could; null: never"),
    problem: z.string().optional(),
  })
  .describe("a fault that the pair was taken through");

const claim = z
  .strictObject({
    name: z.string().describe("the local cloud's switch, or a name of the report's own"),
    believed: z.string().describe("as docs/assumptions.md says it"),
    verdict: z.enum(["confirmed", "contradicted", "not seen"]),
    seen: z.string().describe("what was seen, or why nothing was"),
  })
  .describe("an assumption of docs/assumptions.md");

const leftover = z.strictObject({ kind: z.string(), id: z.string(), name: z.string() });

const sample = z
  .strictObject({
    at: z.number().int().describe("ms since the epoch"),
    holder: z.string().optional().describe("network interface that has the address"),
    state: z.string().optional(),
    eipOn: z.string().optional().describe("network interface that the EIP is bound to"),
    eipStatus: z.string(),
  })
  .describe("what the cloud showed of the address and its EIP, from this moment on");

/** The form of a report of the acceptance. */
export const REPORT = z
  .strictObject({
    version: z.literal(1).describe("of this form"),
    product: z.string().describe("version of the project"),
    begun: time,
    ended: time,
    region: z.string(),
    zone: z.string(),
    mechanism: z.enum(MECHANISMS),
    instanceType: z.string(),
    isRehearsal: z.boolean().describe("whether the cloud was an emulated one: such a report confirms nothing"),
    failure: z.string().nullable().describe("what ended the run before its time; null: nothing did"),
    faults: z.array(faultRun),
    assumptions: z.array(claim).min(1),
    samples: z.array(sample),
    left: z
      .array(leftover)
      .nullable()
      .describe("what carried the run's name after it; null: the cloud could not be asked"),
  })
  .describe("What the acceptance of cdktf-tencentcloud-keepalived saw in a cloud");

/** A report. */
export type Report = z.infer<typeof REPORT>;

/** The form as a JSON Schema, draft 7, as it lies in docs/field-reports/. */
export function jsonSchema(): object {
  return z.toJSONSchema(REPORT, { target: "draft-7" });
}
