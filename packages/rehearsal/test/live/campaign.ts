import { campaignAfter, campaignBefore, type CampaignNews, type CampaignState } from "../../src/live/campaign-state.ts";
import type { EventDetail, EventKind, RunRecord } from "../../src/report/run-record.ts";
import type { LabMessage } from "../../src/run/messages.ts";

/** What happens, and when, in ms from the campaign's start. */
export type Step = readonly [at: number, news: CampaignNews];

/** A campaign after some steps. */
export function campaignOf(planned: number, steps: readonly Step[], recorded: readonly RunRecord[] = []) {
  const before: CampaignState = campaignBefore(planned, recorded, 0);
  return steps.reduce((campaign, [at, news]) => campaignAfter(campaign, news, at), before);
}

/** A lab tells something. */
export const tells = (at: number, message: LabMessage, lab = 1): Step => [at, { kind: "message", lab, message }];

/** A lab tells an event. */
export const happens = (at: number, who: string, kind: EventKind, what: string, detail: EventDetail = {}, lab = 1) =>
  tells(at, { kind: "event", event: { at, who, kind, what, ...detail } }, lab);

/** A lab whose primary is stopped 5 s after its start: nobody answers through the VIP. */
export const steps = (lab = 1): Step[] => {
  const run = { fault: "keepalived-stopped", repetition: 1, seed: 7 };
  const told: Step[] = [
    [0, { kind: "start", lab, mechanism: "havip" }],
    happens(1_000, "primary", "state", "notifies MASTER", { state: "MASTER" }, lab),
    happens(1_500, "secondary", "state", "notifies BACKUP", { state: "BACKUP" }, lab),
    happens(2_000, "cloud", "holder", "10.0.1.100 is on primary", { holder: "primary" }, lab),
    tells(2_100, { kind: "client", via: "VIP", answeredBy: ["primary"], since: 2_050 }, lab),
    tells(2_100, { kind: "client", via: "EIP", answeredBy: ["primary"], since: 2_050 }, lab),
    tells(4_000, { kind: "ready", isWell: true }, lab),
    tells(4_001, { kind: "begins", run, victim: "primary", convergeBoundMs: 7_000 }, lab),
    tells(5_000, { kind: "phase", phase: "fault" }, lab),
    happens(5_000, "primary", "fault", "FAULT: keepalived is stopped", {}, lab),
    tells(5_900, { kind: "client", via: "VIP", answeredBy: [], since: 5_600 }, lab),
    happens(6_000, "primary", "state", "is keepalived stopped", { state: "keepalived stopped" }, lab),
  ];
  return told;
};
