import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, openChromium } from "../../../../../tools/browser/chromium.ts";
import { LIGHT } from "../../../src/report/charts/palette.ts";
import { pageAssets } from "../../../src/report/html/page-assets.ts";
import { renderReport } from "../../../src/report/html/report.ts";
import { campaignRecord, crashRecord } from "../campaign.ts";

const HOSTILE = `</script><script>document.title = "hit"</script> <b>&amp; 'quoted' "text"`;
const CAMPAIGN = campaignRecord(
  [
    crashRecord(3_700),
    crashRecord(3_900, { repetition: 2 }),
    crashRecord(4_500, {
      repetition: 3,
      outages: [{ via: "VIP", lastedMs: null, boundMs: 5_100 }],
      convergedAt: null,
      violations: [{ check: "the pair is well again", text: HOSTILE }],
    }),
    crashRecord(40, { fault: "vip-deleted", mechanism: "havip" }),
  ],
  { planned: 5, problems: ["lab 2 did not end"] },
);

/** What the report is looked at on. */
interface Screen {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
}

const CHROMIUM = findChromium();
if (CHROMIUM === undefined) console.log("not run: the report in a browser: chromium not available");

describe.runIf(CHROMIUM !== undefined)("the report in a browser, from a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "report-"));
  const file = join(folder, "report.html");
  const url = pathToFileURL(file).href;
  let browser: Browser;
  let page: Page;
  let requests: string[] = [];
  let complaints: string[] = [];

  beforeAll(async () => {
    writeFileSync(file, renderReport(CAMPAIGN, await pageAssets()));
    browser = await openChromium(CHROMIUM ?? "");
    // One window for all tests: to open another takes longer than most of them.
    page = await browser.newPage();
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the report anew, on such a screen. */
  async function open({ width = 1200, height = 900, colorScheme = "light" }: Screen = {}, hash = ""): Promise<void> {
    // What differs in its fragment only would not be loaded again.
    await page.goto("about:blank");
    [requests, complaints] = [[], []];
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.goto(`${url}${hash}`);
    await page.locator("#outage-chart[data-drawn]").waitFor();
  }
  const openRun = async (id: string) => {
    await page.locator(`#${id} > summary`).click();
    await page.locator(`#${id} .chart[data-drawn]`).waitFor();
  };
  const shown = (selector: string) => page.locator(selector).allTextContents();

  test("it loads nothing and the browser has nothing to complain of, also when all is opened", async () => {
    await open();
    for (const number of [1, 2, 3, 4]) await openRun(`run-${number}`);
    expect([requests, complaints]).toEqual([[url], []]);
    expect(await page.locator(".chart svg").count()).toBe(5);
  });

  test("only the runs that are opened are drawn", async () => {
    await open();
    expect(await page.locator(".timeline svg").count()).toBe(0);
    await openRun("run-2");
    expect(await page.locator(".timeline svg").count()).toBe(1);
  });

  test("a run's timeline has every span, call and marker of its record", async () => {
    await open();
    await openRun("run-1");
    const painted = (fill: string) => page.locator(`#run-1 svg path[fill="${fill}"]`).count();
    const { tones } = LIGHT;
    // The secondary answers by both ways and has the address in the end.
    expect(await painted(tones.secondary.fill)).toBe(3);
    expect(await painted(tones["powered off"].fill)).toBe(1);
    expect(await painted(tones.BACKUP.fill)).toBe(1);
    // Vermilion: nobody by the VIP and by the EIP, monitoring, the call that failed; a hatch lies over the first two.
    expect(await painted(tones.outage.fill)).toBe(4);
    expect(await shown("#run-1 svg text")).toEqual(
      expect.arrayContaining([
        "client through the VIP",
        "nobody, 3.7 s",
        "red: the node does not answer",
        "calls by the secondary",
        "fault 0",
        "healing +6 s",
        "well again +8 s",
        "closing failover +23 s",
      ]),
    );
  });

  test("the chart of outages has a dot for each run, way and fault, and a bound for each fault", async () => {
    await open();
    const painted = (fill: string) => page.locator(`#outage-chart svg path[fill="${fill}"]`).count();
    // One more of each is in the legend.
    expect(await painted(LIGHT.tones.primary.fill)).toBe(4 + 1);
    expect(await painted(LIGHT.tones.secondary.fill)).toBe(3 + 1);
    expect(await painted(LIGHT.tones.outage.fill)).toBe(2 + 1);
  });

  test("the table has the numbers of the record", async () => {
    await open();
    const rows = page.locator("#outage-table tbody tr");
    const cells = async (row: number) =>
      (await rows.nth(row).locator("th, td").allTextContents()).map((cell) => cell.trim());
    expect(await rows.count()).toBe(2);
    expect(await cells(0)).toEqual([
      ...["node-crashed", "secondary-private-ip", "3", "2"],
      ...["3900", "endless", "endless", "5100"],
      ...["3810", "3910", "3910", "5100"],
      ...["1500", "endless", "endless", "10000"],
    ]);
    expect(await cells(1)).toEqual([
      ...["vip-deleted", "havip", "1", "1"],
      ...["40", "40", "40", "5100"],
      ...["50", "50", "50", "5100"],
      ...["1500", "1500", "1500", "10000"],
    ]);
  });

  test("violations come first, in full and as text, whatever is in them", async () => {
    await open();
    expect((await shown("h2")).map((title) => title.trim())).toEqual(["Violations", "Summary", "Outages", "Runs"]);
    expect(await shown("section:first-of-type pre")).toEqual(["lab 2 did not end", HOSTILE]);
    expect(await page.title()).toBe("Failover rehearsal: 1 of 4 runs failed, 1 were not made, a lab failed");
  });

  test("a link from the table opens the run", async () => {
    await open();
    await page.locator("#outage-table a", { hasText: "vip-deleted" }).click();
    await page.locator("#run-4 .chart[data-drawn]").waitFor();
    expect(await page.locator("details.run[open]").count()).toBe(1);
  });

  test("the runs are found by a part of their name, and by their failing", async () => {
    await open();
    await page.locator("#filter").fill("vip-del");
    expect(await page.locator("details.run:visible").count()).toBe(1);
    await page.locator("#only-failed").check();
    expect([await page.locator("details.run:visible").count(), await shown("#filtered")]).toEqual([
      0,
      ["0 of 4 runs are shown"],
    ]);
  });

  test("a part of a run is looked at closely, and the whole again", async () => {
    await open();
    await openRun("run-1");
    const ticks = async () => (await shown("#run-1 svg text")).filter((text) => /^\+\d+ s$/.test(text)).at(-1);
    const whole = await ticks();
    await page.locator("#run-1 button", { hasText: "fault to recovery" }).click();
    await expect.poll(ticks).not.toBe(whole);
    await page.locator("#run-1 button", { hasText: "whole run" }).click();
    await expect.poll(ticks).toBe(whole);
  });

  test("all events of a run can be read without the chart", async () => {
    await open();
    await openRun("run-1");
    await page.locator("#run-1 .timeline details > summary").click();
    await page.locator("#run-1 .events tr").first().waitFor();
    expect(await page.locator("#run-1 .events tr").count()).toBe(13);
    expect(await shown("#run-1 .events tr:nth-child(6) td")).toEqual(["+3.3 s", "secondary", "notifies MASTER"]);
  });

  test("on a phone the page is not wider than the screen", async () => {
    await open({ width: 360, height: 640 }, "#run-1");
    await page.locator("#run-1 .chart[data-drawn]").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    expect(await page.locator("#run-1 svg").getAttribute("width")).toMatch(/^3[0-4]\d/);
  });

  test.each(["light", "dark"] as const)(
    "axe finds nothing that keeps somebody from reading it, in %s",
    async (colorScheme) => {
      await open({ colorScheme });
      await openRun("run-3");
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "role-img-alt", "label"]));
    },
  );
});

test("refuses assets that would end their element", () => {
  expect(() => renderReport(CAMPAIGN, { script: "a</script>", style: "" })).toThrow(/the report's script would end/);
  expect(() => renderReport(CAMPAIGN, { script: "", style: "</STYLE>" })).toThrow(/the report's style would end/);
});
