import {
  decodedMap,
  encodedMap,
  presortedDecodedMap,
  type SourceMapSegment,
  TraceMap,
} from "@jridgewell/trace-mapping";

/**
 * A source map that leads to the lines of the source, and no longer to the columns in them: a stack trace shows the same
 * line as before, and the maps of the package take less than half of the room.
 *
 * @param text a source map, as TypeScript writes it
 */
export function withLinesOnly(text: string): string {
  const map = decodedMap(new TraceMap(text));
  return JSON.stringify(encodedMap(presortedDecodedMap({ ...map, names: [], mappings: map.mappings.map(linesOf) })));
}

/** A source map in which each source that it holds is changed. */
export function withSources(text: string, change: (source: string) => string): string {
  const map = JSON.parse(text) as { readonly sourcesContent: readonly string[] };
  return JSON.stringify({ ...map, sourcesContent: map.sourcesContent.map(change) });
}

/**
 * The first mapping of a line, and each that leads to another line than the one before it. The first one holds from the
 * line's start, as nothing can throw in its indent.
 */
function linesOf(segments: readonly SourceMapSegment[]): SourceMapSegment[] {
  const kept: [column: number, source: number, line: number, sourceColumn: number][] = [];
  for (const segment of segments) {
    // A mapping of one number leads nowhere: to what the compiler made up.
    if (segment.length === 1) continue;
    const [column, source, line] = segment;
    const last = kept.at(-1);
    if (last?.[1] === source && last[2] === line) continue;
    kept.push([last === undefined ? 0 : column, source, line, 0]);
  }
  return kept;
}
