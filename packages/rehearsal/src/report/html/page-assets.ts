import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { PageAssets } from "./report.ts";

const PAGE = fileURLToPath(new URL("../page/page.ts", import.meta.url));
const STYLE = new URL("./report.css", import.meta.url);

/** Bundles what the report's page brings with it. Of the charting library only what it uses is taken along. */
export async function pageAssets(): Promise<PageAssets> {
  const { outputFiles } = await build({
    entryPoints: [PAGE],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    legalComments: "inline",
    logLevel: "silent",
  });
  return { script: outputFiles[0]?.text ?? "", style: readFileSync(STYLE, "utf8") };
}
