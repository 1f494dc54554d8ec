import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";
import { expect, test } from "vitest";
import { withLinesOnly, withSources } from "../../../tools/package/line-maps";

const SOURCE = `export function one(value: string): string {
  return value.trim().toUpperCase().concat("!");
}
export const two = [1, 2].map(
  (each) => each + 1,
);
`;

function compiled() {
  const { outputText, sourceMapText = "" } = ts.transpileModule(SOURCE, {
    fileName: "source.ts",
    compilerOptions: { sourceMap: true, inlineSources: true, target: ts.ScriptTarget.ES2023 },
  });
  return { lines: outputText.split("\n"), map: sourceMapText };
}

test("leads from each line to the line of the source, and keeps the source", () => {
  const { lines, map } = compiled();
  const short = new TraceMap(withLinesOnly(map));
  const line = lines.findIndex((each) => each.includes("return value"));
  for (const column of [0, lines[line]?.indexOf("concat") ?? -1]) {
    expect(originalPositionFor(short, { line: line + 1, column })).toMatchObject({ source: "source.ts", line: 2 });
  }
  expect(short.sourcesContent).toEqual([SOURCE]);
  expect(withLinesOnly(map).length).toBeLessThan(map.length);
});

test("keeps apart the lines of the source that one compiled line was made of", () => {
  // One line with a mapping to each of the lines 1 and 2, and two more to line 2.
  const map = {
    version: 3,
    sources: ["a.ts"],
    sourcesContent: ["f(\ng());"],
    names: [],
    mappings: "AAAA,EACA,CAAC,CAAC",
  };
  const short = new TraceMap(withLinesOnly(JSON.stringify(map)));
  const lineAt = (column: number) => originalPositionFor(short, { line: 1, column }).line;
  expect([0, 1, 2, 3, 4].map(lineAt)).toEqual([1, 1, 2, 2, 2]);
});

test("a map's sources are changed, and nothing else of it", () => {
  const map = { version: 3, sources: ["a.ts"], sourcesContent: ["a"], mappings: "AAAA", names: [] };
  expect(JSON.parse(withSources(JSON.stringify(map), (source) => source.toUpperCase()))).toEqual({
    ...map,
    sourcesContent: ["A"],
  });
});
