// The inner process of a rehearsed acceptance.
import { runInnerProcess } from "../run/inner-process.ts";
import type { LabMessage } from "../run/messages.ts";
import { type AcceptanceSpec, rehearseAcceptance } from "./rehearse-acceptance.ts";

runInnerProcess<AcceptanceSpec, LabMessage>(async (spec, tell) => {
  const problems = await rehearseAcceptance(spec, (line) => tell({ kind: "says", line }));
  if (problems.length > 0) throw new Error(problems.join("; "));
});
