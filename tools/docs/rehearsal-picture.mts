// Makes the picture of the README from a real rehearsal, as root: npm run docs:picture
// From a campaign that is there already: npm run docs:picture -- FILE.json
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { pageAssets } from "../../packages/rehearsal/src/report/html/page-assets.ts";
import { renderReport } from "../../packages/rehearsal/src/report/html/report.ts";
import { parseCampaign } from "../../packages/rehearsal/src/report/parse-campaign.ts";
import { findChromium, openChromium } from "../browser/chromium.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PICTURE = join(ROOT, "docs/images/rehearsal.png");
const REHEARSAL = ["--mechanism", "secondary-private-ip", "--fault", "node-crashed", "--stable-s", "5"];
/** A README is read over slow lines, too. */
const MOST_BYTES = 150_000;

const executablePath = findChromium();
if (executablePath === undefined) throw new Error("Chromium must be on PATH: install Debian's package chromium");
const folder = mkdtempSync(join(tmpdir(), "rehearsal-picture-"));
try {
  const json = process.argv[2] ?? rehearse(join(folder, "campaign.json"));
  const page = join(folder, "report.html");
  writeFileSync(page, renderReport(parseCampaign(readFileSync(json, "utf8")), await pageAssets()));
  await photograph(page, executablePath);
} finally {
  rmSync(folder, { recursive: true });
}
const { size } = statSync(PICTURE);
if (size > MOST_BYTES) throw new Error(`${PICTURE} must have at most ${MOST_BYTES} bytes, it has ${size}`);
console.log(`${PICTURE}: ${size} bytes`);

/** @returns the campaign's file */
function rehearse(json: string): string {
  const command = ["run", "-s", "rehearse", "--", ...REHEARSAL, "--json", json];
  const { status } = spawnSync("npm", command, { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) throw new Error(`the rehearsal ended with status ${status}: a picture is made of one that passes`);
  return json;
}

/** Takes a picture of the first run's timeline. */
async function photograph(file: string, browserPath: string): Promise<void> {
  const browser = await openChromium(browserPath);
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, deviceScaleFactor: 1.5 });
    await page.goto(`${pathToFileURL(file).href}#run-1`);
    await page.locator("#run-1 .chart[data-drawn]").waitFor();
    mkdirSync(dirname(PICTURE), { recursive: true });
    await page.locator("#run-1 .chart").screenshot({ path: PICTURE });
  } finally {
    await browser.close();
  }
}
