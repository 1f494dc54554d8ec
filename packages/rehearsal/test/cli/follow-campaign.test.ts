import { describe, expect, test } from "vitest";
import { followCampaign } from "../../src/cli/follow-campaign.ts";
import type { CampaignNews } from "../../src/live/campaign-state.ts";
import type { LabOfCampaign } from "../../src/run/campaign.ts";
import { runRecord } from "../report/run.ts";

const LAB: LabOfCampaign = { number: 2, pair: { mechanism: "havip", settings: {}, left: [] } };

/** Follows a campaign of so many labs side by side, and keeps what is written down, printed and shown. */
function follow(labs: number) {
  const written: unknown[] = [];
  const printed: string[] = [];
  const shown: CampaignNews[] = [];
  const callbacks = followCampaign({
    file: { addRun: (run) => written.push(run), addProblem: (text) => written.push(text) },
    display: {
      say: (text) => printed.push(text),
      tell: (news) => shown.push(news),
      [Symbol.dispose]: () => {},
    },
    labs,
    source: "main.ts with pair.yaml, on this machine, Debian 12",
  });
  return { written, printed, shown, callbacks };
}

describe("what a campaign tells", () => {
  test("is printed as it comes, where there is one lab", () => {
    const { printed, callbacks } = follow(1);
    callbacks.onLab(LAB, 1);
    callbacks.onMessage(LAB, { kind: "says", line: "  the pair is up after 4.2 s" });
    callbacks.onMessage(LAB, { kind: "ready", isWell: true });
    callbacks.onOutput(LAB, "a warning");
    callbacks.onProblem(LAB, "the lab is gone");
    expect(printed).toEqual([
      "\nhavip: main.ts with pair.yaml, on this machine, Debian 12; 1 run to make",
      "  the pair is up after 4.2 s",
      "a warning",
      "  FAILED: the lab is gone",
    ]);
  });

  test("says in each line which lab it is from, where there are several", () => {
    const { printed, callbacks } = follow(2);
    callbacks.onLab(LAB, 3);
    callbacks.onRun(LAB, runRecord());
    const lines = printed.join("\n").split("\n");
    expect(lines).toContain("lab 2 havip | havip: main.ts with pair.yaml, on this machine, Debian 12; 3 runs to make");
    expect(lines).toContain("lab 2 havip |     all checks passed");
    for (const line of lines) expect(line).toMatch(/^lab 2 havip \| /);
  });

  test("is written down: every run, and what goes wrong outside of any", () => {
    const { written, callbacks } = follow(1);
    const run = runRecord();
    callbacks.onRun(LAB, run);
    callbacks.onProblem(LAB, "the lab is gone");
    expect(written).toEqual([run, "the lab is gone"]);
  });

  test("reaches the live view: labs and their ends, messages, runs", () => {
    const { shown, callbacks } = follow(2);
    const [record, message] = [runRecord(), { kind: "ready", isWell: true } as const];
    callbacks.onLab(LAB, 3);
    callbacks.onMessage(LAB, message);
    callbacks.onRun(LAB, record);
    callbacks.onLabEnd?.(LAB);
    expect(shown).toEqual([
      { kind: "start", lab: 2, mechanism: "havip" },
      { kind: "message", lab: 2, message },
      { kind: "run", lab: 2, record },
      { kind: "end", lab: 2 },
    ]);
  });
});
