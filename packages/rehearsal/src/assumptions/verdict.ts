import { passed, type RunRecord } from "../report/run-record.ts";
import { mustSay } from "../timing/consequences.ts";
import { type Trial } from "./trials.ts";

/** How a trial has ended. */
export type Verdict =
  /** The failover went as it must. */
  | { readonly kind: "serves" }
  /** The pair cannot serve, and the first boot says what the cloud refuses and what to do: the sentence. */
  | { readonly kind: "says"; readonly sentence: string }
  /** Neither; what was found instead. */
  | { readonly kind: "wrong"; readonly found: string };

/** @param record undefined: the run was not made */
export function judgeTrial({ assumptions }: Trial, record: RunRecord | undefined): Verdict {
  if (record === undefined) return { kind: "wrong", found: "the run was not made" };
  const sentence = mustSay(assumptions);
  if (sentence === undefined) return passed(record) ? { kind: "serves" } : wrong(record);
  const said = record.violations
    .filter(({ check }) => check === "the pair comes up")
    .flatMap(({ text }) => text.split("\n"))
    .find((line) => sentence.test(line));
  return said === undefined ? wrong(record) : { kind: "says", sentence: said.trim() };
}

function wrong({ violations }: RunRecord): Verdict {
  const found = violations.map(({ check, text }) => `${check}: ${text}`).join("; ");
  return { kind: "wrong", found: found || "the pair serves, which it cannot" };
}
