import type { Import } from "./import-file.ts";
import type { Matched } from "./look.ts";
import { nodesOf, settingsIn } from "./nodes.ts";
import type { Asked } from "./refusals.ts";

/** A resource of the stack, for a report. */
export interface Named {
  readonly address: string;
  /** What it is, for a person. */
  readonly noun: string;
}

/** What is taken into the state. */
export interface Adopted extends Named, Import {
  /** What was found, such as `vpc-11111111 (web, 10.0.0.0/16)`. */
  readonly found: string;
}

/** What is not there, and is made anew by the next deploy. */
export interface Made extends Named {
  /** What was looked for. */
  readonly lookedFor: string;
  /** What resembles it, as `--id` takes it. */
  readonly similar: readonly string[];
}

/** What a stack adopts of what is there. */
export interface Adoption {
  readonly stack: string;
  readonly account: string | undefined;
  readonly region: string;
  readonly imports: readonly Adopted[];
  readonly made: readonly Made[];
  /** What the state has already. */
  readonly inState: readonly Named[];
  /** What nothing was looked for. */
  readonly notLookedFor: readonly Named[];
  /** What else there is to know of it, a sentence each. */
  readonly notes: readonly string[];
}

/** What becomes of the resources of a stack, in its order. */
export function adoptionOf(stack: string, all: readonly Matched[], { account, region }: Asked): Adoption {
  const named = ({ resource: { address }, noun }: Matched): Named => ({ address, noun });
  const ofKind = (kind: Matched["match"]["kind"]) => all.filter(({ match }) => match.kind === kind).map(named);
  return {
    ...{ stack, account, region },
    imports: all.flatMap((each) => {
      if (each.match.kind !== "found") return [];
      const { id, description } = each.match.candidate;
      return [{ ...named(each), to: each.resource.address, id, found: description }];
    }),
    made: all.flatMap((each) => {
      if (each.match.kind !== "missing") return [];
      const { for: lookedFor, hints = [] } = each.match.looked;
      const similar = hints.map(({ id, description }) => `${description}: --id ${each.resource.address}=${id}`);
      return [{ ...named(each), lookedFor, similar }];
    }),
    inState: ofKind("in-state"),
    notLookedFor: ofKind("not-looked-for"),
    notes: notesOf(all),
  };
}

function notesOf(all: readonly Matched[]): string[] {
  return nodesOf(all)
    .flat()
    .flatMap(({ role, matched: { match } }) => {
      if (match.kind !== "found" || settingsIn(match.candidate.attributes["user_data"]) !== undefined) return [];
      return [
        `${match.candidate.description} was not set up by this package: a deploy only records the user data, and the ` +
          `${role} becomes a node of the pair by 'pair replace ${role}', which makes it anew`,
      ];
    });
}
