import type { z } from "zod";

/** What {@link refuse} tells beside the problem. */
export interface RefusalParams {
  readonly remedy: string;
  /** What was found, where that is more than the value shows. */
  readonly found?: string;
}

/** Refuses a value in a transform of the schema: what is wrong, such as `must be a port`, and what to do. */
export function refuse(
  context: z.core.$RefinementCtx,
  problem: string,
  params: RefusalParams,
  path: readonly string[] = [],
): void {
  context.issues.push({
    code: "custom",
    message: problem,
    params: { ...params },
    path: [...path],
    input: context.value,
  });
}
