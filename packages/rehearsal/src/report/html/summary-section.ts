import { showDuration } from "../show-time.ts";
import type { CampaignRecord } from "../run-record.ts";
import { html, type Markup } from "../markup.ts";

/** What was rehearsed, when, where and with which options. */
export function summarySection(campaign: CampaignRecord): Markup {
  return html`<section aria-labelledby="summary-title">
    <h2 id="summary-title">Summary</h2>
    <dl>
      ${campaignFacts(campaign).map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div> `,
      )}
    </dl>
  </section>`;
}

/** A campaign's facts for people to read, name and value. */
export function campaignFacts(campaign: CampaignRecord): [string, string][] {
  const { product, machine, startedAt, sessions, seed, runs, planned, conditions } = campaign;
  const { settings, system, mechanisms, faults, stableMs, taskMs, arpDelayMs, deploy, assumptions } = conditions;
  const workedMs = sessions.reduce((sum, session) => sum + session.endedAt - session.startedAt, 0);
  const labs = Math.max(...sessions.map((session) => session.labs));
  const assumed = Object.entries(assumptions).map(([name, reading]) => `${name}=${reading}`);
  return [
    ["product", product],
    ["machine", machine],
    ["begun", new Date(startedAt).toISOString().replace("T", " ").replace(/\..*/, " UTC")],
    ["took", `${showDuration(workedMs)}${sessions.length > 1 ? ` in ${sessions.length} sessions` : ""}`],
    ["runs", runs.length === planned ? String(planned) : `${runs.length} of ${planned} that were planned`],
    ["faults", String(faults.length)],
    ["mechanisms", mechanisms.join(", ")],
    ["nodes boot", system],
    ["settings", settings],
    ["deployed by Terraform", deploy ? "yes" : "no"],
    ["well after each fault for", showDuration(stableMs)],
    ["a task of the cloud takes", showDuration(taskMs)],
    ["a gratuitous ARP takes", showDuration(arpDelayMs)],
    ["assumed of the cloud", assumed.join(", ") || "what is believed"],
    ["labs side by side", String(labs)],
    ["seed", String(seed)],
  ];
}
