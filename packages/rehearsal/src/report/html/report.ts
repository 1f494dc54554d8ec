import { type CampaignRecord, passed } from "../run-record.ts";
import { html, jsonForScript, Markup } from "../markup.ts";
import { outageRows } from "./outage-rows.ts";
import { outageSection } from "./outage-section.ts";
import { runsSection } from "./runs-section.ts";
import { summarySection } from "./summary-section.ts";
import { violationsSection } from "./violations-section.ts";

/** What the page brings with it. */
export interface PageAssets {
  /** JavaScript that draws the charts. */
  readonly script: string;
  /** Style sheet. */
  readonly style: string;
}

/** Nothing may be loaded, from wherever: all that the page needs is in it. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/**
 * A campaign as one page that needs nothing else.
 *
 * @throws where the assets cannot stand in a page
 */
export function renderReport(campaign: CampaignRecord, assets: PageAssets): string {
  const { runs } = campaign;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Failover rehearsal: ${verdict(campaign)}</title>
        <style>
          ${inElement("style", assets.style)}
        </style>
      </head>
      <body>
        <header>
          <h1>Failover rehearsal</h1>
          <p class="verdict ${isGood(campaign) ? "passed" : "failed"}">${verdict(campaign)}</p>
        </header>
        <main>
          ${violationsSection(campaign)} ${summarySection(campaign)} ${outageSection(runs)} ${runsSection(runs)}
        </main>
        <script type="application/json" id="outage-rows">
          ${jsonForScript(outageRows(runs))}
        </script>
        <script>
          ${inElement("script", assets.script)};
        </script>
      </body>
    </html> `.text;
}

/** How a campaign went, in words. */
function verdict({ runs, planned, problems }: CampaignRecord): string {
  const failed = runs.filter((run) => !passed(run)).length;
  const made =
    failed === 0 ? `${runs.length} of ${runs.length} runs passed` : `${failed} of ${runs.length} runs failed`;
  const missing = runs.length < planned ? [`${planned - runs.length} were not made`] : [];
  return [made, ...missing, ...(problems.length > 0 ? ["a lab failed"] : [])].join(", ");
}

/** Whether everything went as it must. */
function isGood({ runs, planned, problems }: CampaignRecord): boolean {
  return runs.length === planned && runs.every(passed) && problems.length === 0;
}

function inElement(element: "script" | "style", text: string): Markup {
  if (new RegExp(`</${element}|<!--`, "i").test(text)) throw new Error(`the report's ${element} would end its element`);
  return new Markup(text);
}
