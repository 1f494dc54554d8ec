/** Words of PromQL that are no metrics. */
const KEYWORDS = new Set([
  "and",
  "or",
  "unless",
  "by",
  "without",
  "on",
  "ignoring",
  "group_left",
  "group_right",
  "bool",
  "offset",
]);

/** A metric that an expression asks for, and the labels by which it selects. */
export interface Selected {
  readonly metric: string;
  /** Label, operator and value of each matcher. */
  readonly matchers: readonly (readonly [label: string, operator: string, value: string])[];
}

/** Every metric that an expression of PromQL asks for: a name that is neither a keyword, a function, nor a label of a list. */
export function selectedIn(expression: string): Selected[] {
  const withoutLists = expression.replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, " ");
  const names = /([a-zA-Z_:][\w:]*)\s*(\(|\{(?:[^}"]|"[^"]*")*\})?|"[^"]*"|\[[^\]]*\]|\d[\w.]*/g;
  return [...withoutLists.matchAll(names)].flatMap(([, metric, behind = ""]) => {
    if (metric === undefined || behind === "(" || KEYWORDS.has(metric)) return [];
    const matchers = [...behind.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].map(
      ([, label = "", operator = "", value = ""]) => [label, operator, value] as const,
    );
    return [{ metric, matchers }];
  });
}
