import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../finding.ts";
import type { TextDiff } from "../user-data/user-data-diff.ts";

/** What changes in a text of the user data, and on which nodes. */
export interface GroupedText extends TextDiff {
  readonly nodes: readonly string[];
}

/** Changes that are alike but for the resource. */
export interface FindingGroup {
  readonly finding: Finding;
  /** The resources, such as `primary (tencentcloud_instance.…)`. */
  readonly where: readonly string[];
  /** What changes in the user data: once where it is the same on both nodes. */
  readonly texts: readonly GroupedText[];
}

/** Puts together what is the same on both nodes, in the order of the findings. */
export function grouped(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { pair, what, verdict, reason, remedy } = finding;
    const key = JSON.stringify([pair, withoutSize(what), verdict, reason, remedy]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((alike) => {
    const [finding] = alike;
    if (finding === undefined) return [];
    return [{ finding, where: alike.map(whereOf), texts: textsOf(alike) }];
  });
}

function textsOf(findings: readonly Finding[]): GroupedText[] {
  const texts: GroupedText[] = [];
  for (const finding of findings) {
    for (const text of finding.texts ?? []) {
      const same = texts.findIndex(({ nodes: _, ...other }) => isDeepStrictEqual(other, text));
      const nodes = [...(texts[same]?.nodes ?? []), finding.role ?? finding.address];
      if (same === -1) texts.push({ ...text, nodes });
      else texts[same] = { ...text, nodes };
    }
  }
  const order = [...new Set(texts.map(({ name }) => name))];
  return texts.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

/** The two nodes' user data differ in their size by a few characters. */
function withoutSize(what: string): string {
  return what.replace(/ \([\d,]+ characters\)$/, "");
}

function whereOf({ role, noun, address }: Finding): string {
  return `${role ?? noun} (${address})`;
}
