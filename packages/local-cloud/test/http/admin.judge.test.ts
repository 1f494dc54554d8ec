import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from "vitest";
import { findChromium, openChromium } from "../../../../tools/browser/chromium.ts";
import type { LocalCloud } from "../../src/index.ts";
import { asRoot, startPair } from "../support/pair.ts";

/** What ends a wait for what never comes, in ms: no browser is as slow as that. */
const HANGS_MS = 60_000;

let cloud: LocalCloud;
beforeEach(async () => {
  cloud = await startPair({ admin: true });
});
afterEach(() => cloud.stop());

const url = () => cloud.apiUrls[0] ?? "";

const CHROMIUM = findChromium();
if (CHROMIUM === undefined)
  console.log("not run: the page in a browser: chromium not available (Debian package chromium)");

describe.runIf(CHROMIUM !== undefined)("the page in a browser", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openChromium(CHROMIUM ?? "");
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(`${url()}/_local/`);
    await page.locator("#region", { hasText: "ap-singapore" }).waitFor({ timeout: HANGS_MS });
  });
  afterEach(() => page.close());

  const shows = (selector: string, hasText: string) =>
    page.locator(selector, { hasText }).waitFor({ timeout: HANGS_MS });

  test("shows the resources and who holds the address, and its move while it is looked at", async () => {
    await shows("#holders td", "eni-parking0");
    await shows("#resources", "instances: 2");
    const migrate = () =>
      asRoot(cloud, "MigratePrivateIpAddress", {
        SourceNetworkInterfaceId: "eni-parking0",
        DestinationNetworkInterfaceId: "eni-aaaaaaaa",
        PrivateIpAddress: "10.0.1.100",
      });
    // This one runs for as long as the page may take to show that.
    cloud.faults.add({ action: "MigratePrivateIpAddress", task: "never ends" });
    await migrate();
    await shows("#tasks td", "RUNNING");
    cloud.failEndlessTasks();
    await shows("#tasks td", "FAILED");
    await migrate();
    await shows("#holders td", "ins-aaaaaaaa");
    await shows("#tasks td", "SUCCESS");
  });

  test("shows the calls, those that failed in another colour", async () => {
    await asRoot(cloud, "DescribeHaVips");
    await asRoot(cloud, "NoSuchAction");
    await shows("#calls tr", "DescribeHaVips");
    await shows("#calls td.bad", "InvalidAction");
  });

  test("says that the local cloud is gone, and goes on showing what was seen", async () => {
    await cloud.stop();
    await page.locator("#lost").waitFor({ state: "visible", timeout: HANGS_MS });
    await shows("#holders td", "eni-parking0");
  });
});
