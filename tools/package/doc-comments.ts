import ts from "typescript";

/**
 * Code without its doc comments, which the declarations beside it have: a compiled file, or its source as the source map
 * has it. Their lines stay, empty, so that each line of code has the number that the source map knows it by.
 */
export function withoutDocComments(text: string): string {
  const file = ts.createSourceFile("code.ts", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  return docCommentsIn(file)
    .toSorted((one, other) => other.pos - one.pos)
    .reduce((shortened, { pos, end }) => {
      const lines = text.slice(pos, end).replaceAll(/[^\n]/g, "");
      // The indent before it goes, too.
      return `${shortened.slice(0, pos).replace(/[ \t]+$/, "")}${lines}${shortened.slice(end)}`;
    }, text);
}

function docCommentsIn(node: ts.Node): ts.JSDoc[] {
  const own = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const inside: ts.JSDoc[] = [];
  // A comment can belong to several nodes that begin behind it: it is taken once.
  ts.forEachChild(node, (child) => void inside.push(...docCommentsIn(child)));
  return [...new Map([...own, ...inside].map((each) => [each.pos, each])).values()];
}
