import { describe, expect, test } from "vitest";
import { judgeSignal, type Metrics, parseMetrics, scrapeProblem } from "../../src/audit/metrics.ts";

const sample = (vip: string, state: string, agree: string, value = 1) =>
  `pairctl_state{vip="${vip}",state="${state}",agree="${agree}",verdict="holds"} ${value}\n`;

test("metrics are read address by address, and what is no state is passed over", () => {
  const text = [
    sample("10.0.1.100", "MASTER", "yes"),
    sample("10.0.1.101", "FAULT", "unknown", 0),
    'pairctl_promotions_total{vip="10.0.1.100"} 1\n',
  ].join("");
  expect(parseMetrics(text, 7)).toEqual({
    addresses: [
      { isCurrent: true, state: "MASTER", agree: "yes" },
      { isCurrent: false, state: "FAULT", agree: "unknown" },
    ],
    ageMs: 7,
  });
});

const metrics = (agree: string, value = 1, ageMs = 0): Metrics =>
  parseMetrics(sample("10.0.1.100", "BACKUP", "yes") + sample("10.0.1.101", "MASTER", agree, value), ageMs);

test.each<[string, boolean, Metrics | undefined, boolean]>([
  ["green where all agree", true, metrics("yes"), false],
  ["red where VRRP and the cloud do not agree about one of the addresses", true, metrics("no"), true],
  ["red where it is unknown whether they agree", true, metrics("unknown"), true],
  ["red where the agent has ended", true, metrics("yes", 0), true],
  ["red where they are old", true, metrics("yes", 1, 61_000), true],
  ["red where there are none", true, undefined, true],
  ["red where they lack what is asked", true, parseMetrics('pairctl_promotions_total{vip="10.0.1.100"} 1\n', 0), true],
  ["red where the node is down", false, metrics("yes"), true],
])("signals are %s", (_, isUp, seen, isRed) => {
  expect(judgeSignal(isUp, seen).isRed).toBe(isRed);
});

test.each<[string, boolean, Metrics | undefined, boolean]>([
  ["is MASTER where its metrics say so", true, metrics("no"), true],
  ["is not where its agent has ended", true, metrics("yes", 0), false],
  ["is not where they are old", true, metrics("yes", 1, 61_000), false],
  ["is not where it is down", false, metrics("yes"), false],
])("a node %s", (_, isUp, seen, isMaster) => {
  expect(judgeSignal(isUp, seen).isMaster).toBe(isMaster);
});

describe("the agent's answer to Prometheus", () => {
  const file = 'pairctl_promotions_total{vip="10.0.1.100"} 1\n';
  const type = "content-type: text/plain; version=0.0.4";
  const answer = (body: string, header = type, status = "200 OK") =>
    `HTTP/1.1 ${status}\r\n${header}\r\nDate: now\r\n\r\n${body}`;

  test.each<[string, string, string | undefined, RegExp | undefined]>([
    ["what the textfile says", answer(file), file, undefined],
    ["nothing", "", file, /^no answer$/],
    ["another status", answer(file, type, "404 Not Found"), file, /^another status: HTTP\/1\.1 404/],
    ["no type, which Prometheus 3 refuses", answer(file, "x: y"), file, /^no type/],
    ["something else than the textfile", answer(`${file}more`), file, /^another answer than its textfile: '.*more'$/s],
    ["something where there is no textfile", answer(file), undefined, /^another answer/],
  ])("is judged: %s", (_, text, written, problem) => {
    if (problem === undefined) expect(scrapeProblem(text, written)).toBeUndefined();
    else expect(scrapeProblem(text, written)).toMatch(problem);
  });
});
