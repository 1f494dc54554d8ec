import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { renderCampaign } from "../../src/live/render-campaign.ts";
import { runRecord } from "../report/run.ts";
import { campaignOf, happens, steps, type Step, tells } from "./campaign.ts";

const SIZE = { columns: 80, rows: 24 };

describe("the live view", () => {
  test("shows what a lab is at, both nodes, who has the address, who gets through, the last events, and the progress", () => {
    expect(renderCampaign(campaignOf(97, steps()), SIZE, 8_250)).toEqual([
      "-- lab 1, havip: keepalived-stopped -------------------------------------------",
      "now      the fault lasts (3.2 s)",
      "nodes    primary keepalived stopped (2.2 s)   secondary BACKUP (6.7 s)",
      "holder   primary",
      "client   VIP: NOBODY (2.6 s)   EIP: primary (6.2 s)",
      "      +0 ms  primary    FAULT: keepalived is stopped",
      "   +1000 ms  primary    is keepalived stopped",
      "-------------------------------------------------------------------------------",
      "[----------------------------------------] 0 of 97 runs, 0 failed, 0:08 elapsed",
    ]);
  });

  test("is as the README shows it", () => {
    const over = Array.from({ length: 12 }, (_, index): Step => {
      const violations = index === 7 ? [{ check: "all is as before", text: "it is not" }] : [];
      return [-60_000 * (11 - index), { kind: "run", lab: 1, record: runRecord({ violations }) }];
    });
    const begun = campaignOf(97, [...over, ...steps()]);
    const lines = renderCampaign({ ...begun, startedAt: -12 * 60_000 }, SIZE, 8_250);
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    expect(/^```(?:text)?\n(-- lab [^]*?)\n```$/m.exec(readme)?.[1]?.split("\n")).toEqual(lines);
  });

  test("says of a pair that boots what is not known yet, and counts what happens from its start", () => {
    const lines = renderCampaign(campaignOf(1, steps().slice(0, 2)), SIZE, 75_000);
    expect(lines.slice(0, -2)).toEqual([
      "-- lab 1, havip ---------------------------------------------------------------",
      "now      the pair boots (1:15 min)",
      "nodes    primary MASTER (1:14 min)   secondary not known yet",
      "holder   not known yet",
      "client   does not ask",
      "   +1000 ms  primary    notifies MASTER",
    ]);
  });

  test("says which run of a fault it is, who answers beside, and that nobody has the address", () => {
    const run = { fault: "eip-unbound", repetition: 3, seed: 1 };
    const lines = renderCampaign(
      campaignOf(1, [
        ...steps(),
        tells(9_000, { kind: "begins", run, victim: "primary", convergeBoundMs: 1 }),
        happens(9_000, "cloud", "holder", "10.0.1.100 is on no interface", { holder: null }),
        tells(9_100, { kind: "client", via: "VIP", answeredBy: ["primary", "secondary"], since: 9_050 }),
      ]),
      SIZE,
      9_100,
    ).join("\n");
    expect(lines).toContain("-- lab 1, havip: eip-unbound, run 3 ---");
    expect(lines).toContain("holder   nobody\n");
    expect(lines).toContain("client   VIP: primary and secondary (0.0 s)   EIP: primary (7.0 s)\n");
  });

  test("shows labs side by side one below the other, in the order of their numbers", () => {
    const second: Step = [0, { kind: "start", lab: 2, mechanism: "secondary-private-ip" }];
    const lines = renderCampaign(campaignOf(97, [second, ...steps(1)]), SIZE, 8_250);
    expect(lines.filter((line) => line.startsWith("-- lab"))).toEqual([
      "-- lab 1, havip: keepalived-stopped -------------------------------------------",
      "-- lab 2, secondary-private-ip ------------------------------------------------",
    ]);
  });

  test("shows the progress alone where no lab is there", () => {
    expect(renderCampaign(campaignOf(2, []), SIZE, 0)).toEqual([
      "-".repeat(79),
      "[----------------------------------------] 0 of 2 runs, 0 failed, 0:00 elapsed",
    ]);
  });

  test("breaks what has several parts, and cuts what is too long, so that no line is wider than the terminal", () => {
    const run = { fault: "node-crashed@primary:0-4000 api-slow@secondary:1500-6000", repetition: 1, seed: 1 };
    const long = [
      ...steps(),
      tells(9_000, { kind: "begins", run, victim: "primary", convergeBoundMs: 1 }),
      ...["VIP 10.0.1.101", "EIP of 10.0.1.101"].map((via) =>
        tells(9_000, { kind: "client", via: via as "VIP", answeredBy: ["secondary"], since: 9_000 }),
      ),
      happens(9_000, "rehearsal", "note", "网络".repeat(30)),
    ];
    expect(renderCampaign(campaignOf(97, long), { columns: 51, rows: 60 }, 9_000)).toEqual([
      "-- lab 1, havip: node-crashed@primary:0-4000 ap...",
      "now      the fault lasts (4.0 s)",
      "nodes    primary keepalived stopped (3.0 s)",
      "         secondary BACKUP (7.5 s)",
      "holder   primary",
      "client   VIP: NOBODY (3.4 s)",
      "         EIP: primary (6.9 s)",
      "         VIP 10.0.1.101: secondary (0.0 s)",
      "         EIP of 10.0.1.101: secondary (0.0 s)",
      // A Chinese character takes two columns.
      "      +0 ms  rehearsal  网络网络网络网络网络网络...",
      "--------------------------------------------------",
      "[-----------] 0 of 97 runs, 0 failed, 0:09 elapsed",
    ]);
  });

  test("leaves a third of the terminal to what is printed, by showing fewer events", () => {
    const many = Array.from({ length: 20 }, (_, index) => happens(7_000, "cloud", "call", `call ${index}`));
    const eventsAt = (rows: number) =>
      renderCampaign(campaignOf(97, [...steps(), ...many]), { columns: 80, rows }, 8_000).length - 7;
    expect([60, 24, 15, 12, 9].map(eventsAt)).toEqual([6, 6, 3, 1, 0]);
  });

  test.each([1, 2, 3, 5, 8])(
    "is shorter than a terminal of %i rows, of which the last line is the progress",
    (rows) => {
      const lines = renderCampaign(campaignOf(97, [...steps(1), ...steps(2)]), { columns: 80, rows }, 8_000);
      expect(lines).toHaveLength(Math.max(1, rows - 1));
      expect(lines.at(-1)).toContain("0 of 97 runs");
    },
  );

  test.each([1, 2, 3, 4, 10])("has no line that is wider than a terminal of %i columns", (columns) => {
    const lines = renderCampaign(campaignOf(97, steps()), { columns, rows: 24 }, 8_000);
    for (const line of lines) expect(line.length).toBeLessThan(columns);
  });

  test("grows with the campaign", () => {
    const over: Step = [60_000, { kind: "run", lab: 1, record: runRecord() }];
    expect(renderCampaign(campaignOf(4, [over]), SIZE, 60_000).at(-1)).toBe(
      "[#####------------------] 1 of 4 runs, 0 failed, 1:00 elapsed, about 3 min left",
    );
  });
});
