import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from "yaml";

/** A key's path from its text, such as `ingress[0].port`. */
export function pathOf(key: string): (string | number)[] {
  return [...key.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? "") : Number(index),
  );
}

/**
 * The line of a settings file in which a key stands, from 1; that of the section around it where the key is missing.
 *
 * @returns undefined where not even its section is there
 */
export function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number | undefined {
  let offset: number | undefined;
  let node: unknown = document.contents;
  for (const part of path) {
    const found = childOf(resolved(node, document), part, document);
    if (found === undefined) break;
    offset = found.at ?? offset;
    node = found.value;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

/** What an alias stands for. */
const resolved = (node: unknown, document: Document): unknown => (isAlias(node) ? node.resolve(document) : node);

function childOf(
  node: unknown,
  part: PropertyKey,
  document: Document,
): { at: number | undefined; value: unknown } | undefined {
  if (isSeq(node)) {
    const value = node.items[Number(part)];
    return isNode(value) ? { at: startOf(value), value } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : key) === String(part));
  if (pair !== undefined) return { at: isNode(pair.key) ? startOf(pair.key) : undefined, value: pair.value };
  // What a merge key (<<) brings: a mapping, or a list of them, of which the first that has the key counts.
  const merged = node.items
    .filter(({ key }) => isScalar(key) && key.source === "<<")
    .map(({ value }) => resolved(value, document));
  const mappings = merged
    .flatMap((each) => (isSeq(each) ? each.items : [each]))
    .map((each) => resolved(each, document));
  return mappings.map((each) => childOf(each, part, document)).find((found) => found !== undefined);
}

const startOf = (node: Node): number | undefined => node.range?.[0];
