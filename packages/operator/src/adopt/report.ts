import type { Adoption, Named } from "./adoption.ts";
import { ADOPT_FILE, importBlock } from "./import-file.ts";

/** What comes after the imports are written, in order. */
const NEXT = [
  "pair plan: what the deploy takes in, and what else it does",
  "cdktf deploy",
  `rm ${ADOPT_FILE}: what is in the state needs no import any more`,
  "pair status",
];

/**
 * An adoption as a file of Terraform's: import blocks, and everything else as comments.
 *
 * @param written the file that has the imports; undefined where they are only printed
 */
export function textReport(adoption: Adoption, written: string | undefined): string {
  const { stack, account, region, imports, made, inState, notLookedFor, notes } = adoption;
  const where = `${account === undefined ? "" : `account ${account}, `}${region}`;
  const blocks = imports.map((each) => `# ${each.noun}: ${each.found}\n${importBlock(each)}`);
  return [
    `# ${stack} (${where}): ${summary(adoption)}.`,
    ...(written === undefined ? blocks : imports.map(({ noun, found, to }) => `# ${noun}: ${found}, as ${to}`)),
    ...(made.length === 0
      ? []
      : [
          comments([
            "Not there: the next deploy makes it anew.",
            ...made.flatMap(({ lookedFor, address, similar }) => [
              `  ${lookedFor} (${address})`,
              ...similar.map((each) => `    perhaps ${each}`),
            ]),
          ]),
        ]),
    ...(notLookedFor.length === 0
      ? []
      : [
          comments([
            "Not looked for, since pair does not know how: the next deploy makes it anew, unless you add an import block.",
            ...named(notLookedFor),
          ]),
        ]),
    ...(inState.length === 0 || imports.length === 0 ? [] : [`# In the state already: ${counted(inState.length)}.`]),
    ...(notes.length === 0 ? [] : [comments(notes)]),
    ...(imports.length === 0 ? [] : [comments(nextSteps(written))]),
  ].join("\n\n");
}

/** The same for programs: its fields keep their meaning, and others may be added. */
export function jsonReport(adoption: Adoption, refusals: readonly string[], written: string | undefined): string {
  return JSON.stringify(
    { version: 1, summary: summary(adoption), ...adoption, refusals, written: written ?? null },
    null,
    2,
  );
}

/** What it comes to, in a sentence without the full stop. */
function summary({ imports, made, inState, notLookedFor }: Adoption): string {
  if (imports.length === 0 && made.length + notLookedFor.length === 0) {
    return `the state has all ${counted(inState.length)} already: there is nothing to adopt`;
  }
  if (imports.length === 0) return "nothing is there that the state does not have already";
  return `${counted(imports.length)} of the stack ${imports.length === 1 ? "is" : "are"} there and not in the state`;
}

function nextSteps(written: string | undefined): string[] {
  const first =
    written === undefined
      ? `put these blocks into a file of the stack's folder, or let 'pair adopt --write' write ${ADOPT_FILE} there`
      : `${written} has the imports: nothing is taken in before the deploy`;
  return [first, ...NEXT].map((step, index) => `${index + 1}. ${step}`);
}

function named(resources: readonly Named[]): string[] {
  return resources.map(({ address }) => `  ${address}`);
}

function comments(lines: readonly string[]): string {
  return lines.map((line) => `# ${line}`).join("\n");
}

function counted(count: number): string {
  return `${count} resource${count === 1 ? "" : "s"}`;
}
