import type { Expectation, Fault } from "./fault.ts";

const EXPECTED: Readonly<Record<Expectation, string>> = {
  moves: "the other node takes over",
  stays: "the node that serves goes on",
  either: "one of the two nodes serves",
  nobody: "nobody can serve until it heals",
};

/** The times of the shipped pair. */
const TIMING = { advertIntMs: 1_000, downTimerAdverts: 3, taskMs: 200 };

/** The faults by group, each with what it does, how it heals and what is expected. */
export function listFaults(faults: readonly Fault[]): string[] {
  const groups = [...new Set(faults.map(({ group }) => group))];
  return groups.flatMap((group) => [group, ...faults.filter((fault) => fault.group === group).flatMap(describe)]);
}

function describe({ name, does, heals, expects, outageMs, convergesMs, mechanisms, source }: Fault): string[] {
  return [
    `  ${name}${mechanisms === undefined ? "" : ` (${mechanisms.join(", ")})`}`,
    `    does:    ${does}`,
    `    heals:   ${heals}`,
    `    expects: ${describeExpectation(expects)}; outage at most ${outageMs(TIMING)} ms, well again within ${convergesMs(TIMING)} ms`,
    `    source:  ${source}`,
  ];
}

function describeExpectation(expects: Fault["expects"]): string {
  if (typeof expects === "string") return EXPECTED[expects];
  return Object.entries(expects)
    .map(([mechanism, expectation]) => `with ${mechanism}, ${EXPECTED[expectation]}`)
    .join("; ");
}
