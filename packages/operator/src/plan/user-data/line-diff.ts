/** A line of a difference: `-` was there, `+` will be there, a space is unchanged; `…` stands for lines left out. */
export type DiffLine = `${"-" | "+" | " "}${string}` | "…";

/** How many unchanged lines are shown around a change. */
const CONTEXT = 2;

/** What differs between two texts, line by line, with the lines around it. */
export function diffLines(before: string, after: string): DiffLine[] {
  return withContext(allLines(linesOf(before), linesOf(after)));
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** Every line of both texts, by the longest common subsequence: the files of a node are a few hundred lines at most. */
function allLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const width = after.length + 1;
  // How long the common rest is, from each line of the one and of the other on.
  const common = new Uint32Array((before.length + 1) * width);
  const at = (line: number, other: number) => common[line * width + other] ?? 0;
  for (let line = before.length - 1; line >= 0; line -= 1) {
    for (let other = after.length - 1; other >= 0; other -= 1) {
      common[line * width + other] =
        before[line] === after[other]
          ? at(line + 1, other + 1) + 1
          : Math.max(at(line + 1, other), at(line, other + 1));
    }
  }
  const lines: DiffLine[] = [];
  let line = 0;
  let other = 0;
  while (line < before.length || other < after.length) {
    if (line < before.length && other < after.length && before[line] === after[other]) {
      lines.push(` ${before[line]}`);
      line += 1;
      other += 1;
    } else if (line < before.length && (other === after.length || at(line + 1, other) >= at(line, other + 1))) {
      lines.push(`-${before[line]}`);
      line += 1;
    } else {
      lines.push(`+${after[other]}`);
      other += 1;
    }
  }
  return lines;
}

function withContext(lines: readonly DiffLine[]): DiffLine[] {
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((line) => !line.startsWith(" "));
  const kept = lines.map((line, index) => (isNear(index) ? line : "…"));
  return kept.filter((line, index) => line !== "…" || kept[index - 1] !== "…");
}
