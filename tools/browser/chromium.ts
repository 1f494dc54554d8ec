import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The Chromium of this machine, on PATH; undefined where there is none (Debian package `chromium`). */
export function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** Starts a Chromium whose home is a folder that goes when it is closed: it writes down crash reports and settings. */
export async function openChromium(executablePath: string): Promise<Browser> {
  const home = mkdtempSync(join(tmpdir(), "chromium-home-"));
  const { XDG_CONFIG_HOME: _config, XDG_CACHE_HOME: _cache, ...env } = process.env;
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"], env: { ...env, HOME: home } });
  browser.once("disconnected", () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  return browser;
}
