import type { Lab } from "../lab/lab.ts";
import type { StackModel } from "../stack/stack.ts";

/** Something in a pair or its world that is made otherwise than it should be, before the nodes boot. */
export interface Change {
  /** What is changed, for errors: a path, a table. */
  readonly where: string;
  /** What is deployed instead. @throws ChangeError where that is what was deployed anyway */
  readonly stack?: (stack: StackModel) => Promise<StackModel>;
  /** What the lab does instead. @param tookEffect to be called whenever that makes a difference */
  readonly lab?: (lab: Lab, tookEffect: () => void) => void;
}

/** A change that changes nothing proves nothing. */
export class ChangeError extends Error {
  constructor(where: string, problem: string) {
    super(`the change of ${where} ${problem}: bring it up to date with what it is to break`);
  }
}

/** Changes a text. */
export type Edit = (text: string) => string;

/** Puts another text in the place of one, everywhere. */
export const replacing =
  (found: string | RegExp, instead: string): Edit =>
  (text) =>
    typeof found === "string" ? text.replaceAll(found, () => instead) : text.replace(found, instead);

/** Leaves out every line that matches. */
export const withoutLines =
  (pattern: RegExp): Edit =>
  (text) =>
    text
      .split("\n")
      .filter((line) => !pattern.test(line))
      .join("\n");

/** The edited text. @throws ChangeError where it is the same as before */
export function edited(where: string, edit: Edit, before: string): string {
  const after = edit(before);
  if (after === before) throw new ChangeError(where, "changes nothing");
  return after;
}

/** Something else in the cloud than what the stack declares. */
export function inStack(where: string, change: (stack: StackModel) => StackModel): Change {
  return {
    where,
    stack: async (stack) => {
      const changed = change(stack);
      edited(where, () => JSON.stringify(changed), JSON.stringify(stack));
      return changed;
    },
  };
}

/** Something else that the lab does, or that is seen of it. */
export function inLab(where: string, lab: (lab: Lab, tookEffect: () => void) => void): Change {
  return { where, lab };
}
