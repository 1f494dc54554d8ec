import { type Fence, fencesOf } from "../../tools/docs/markdown.ts";
import { allPages, readPage } from "../../tools/docs/pages.ts";

/** A fenced block of a page. */
export interface Snippet extends Fence {
  readonly page: string;
  /** Such as `docs/start.md:23`. */
  readonly place: string;
}

/** Every fenced block of every page. */
export const SNIPPETS: readonly Snippet[] = allPages().flatMap((page) =>
  fencesOf(readPage(page)).map((fence) => ({ ...fence, page, place: `${page}:${fence.line}` })),
);

/** The blocks of a language. */
export const inLanguage = (language: string): Snippet[] => SNIPPETS.filter((each) => each.language === language);

/** Languages, and what checks each block that is written in one. */
export const CHECKED_BY: Readonly<Record<string, string>> = {
  sh: "snippets.long.test.ts: parsed by bash; each command's name and options by the command's own parser",
  ts: "snippets.judge.test.ts: type-checked and synthesized; of packages/local-cloud its own test/readme.test.ts",
  yaml: "snippets.long.test.ts: read as settings; docs/monitoring.md: alerts.judge.test.ts, by promtool; docs/operations.md: verdict.test.ts of the operator",
  json: "snippets.long.test.ts: its keys are those of a receipt",
  ini: "snippets.long.test.ts: read as a unit file",
  console: "troubleshooting.test.ts: what pairctl prints",
};

/** Blocks of text that nothing runs, by their first lines, and why. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "pair.yaml ─► settings": "a drawing",
  "pair.yaml → main.ts": "a drawing",
  "keepalived ── notify": "a drawing",
  "a crash   3 × advertInt": "a formula; blocks.ts computes the table below it",
  'pairctl_state{vip="10.0.1.100"': "metrics.test.ts compares the names with what pairctl writes",
  "10.0.1.100 MASTER holder: mine": "troubleshooting.test.ts: lines that pairctl prints",
  "ok ready for keepalived": "troubleshooting.test.ts: lines of the doctor's checks",
  "would call MigratePrivateIpAddress": "main.test.ts of pairctl: what a dry run says",
  "web-pair: the primary serves since": "status.long.test.ts of the operator: what it prints of a pair that is well",
  "node-crashed@primary:0-4000": "snippets.long.test.ts: read as a sequence of faults",
  "-- lab 1, havip: keepalived-stopped": "render-campaign.test.ts of the rehearsal: what it draws",
};

/** Words of a shell that no npm script parses, and why they are not run here. */
export const NOT_PARSED: readonly (readonly [RegExp, string])[] = [
  [/^npm ci$/, "what CI begins with"],
  [/^apt-get (update|install --yes --no-install-recommends git npm)$/, "the newcomer's test runs it"],
  [/^npm install --global node@22$/, "the newcomer's test runs it, on Debian 12"],
  [/^git clone \S+$/, "the newcomer's test clones this checkout instead"],
  [/^cd cdktf-tencentcloud-keepalived$/, "the newcomer's test runs it"],
  [/^npm (start|test)$/, "CI runs them"],
  [/^npx cdktf (deploy|synth)$/, "CI runs synth; deploy takes an account"],
  [/^export TENCENTCLOUD_SECRET_ID=… TENCENTCLOUD_SECRET_KEY=…$/, "a placeholder"],
  [/^terraform -chdir=cdktf\.out\/stacks\/web-pair (init|apply) /, "takes an account"],
  [/^terraform show -json plan\.bin$/, "takes a plan"],
  [/^base=http:\/\/127\.0\.0\.1:8080\/_local$/, "a variable of the lines below it"],
  [/^docker (build|run) /, "takes Docker: install-tools.test.ts says what is known of the container"],
  [/^nsenter --target .* 'cat <\/dev\/tcp\//, "takes a pair that a rehearsal has kept"],
  [/^curl (-X DELETE )?\$base\//, "takes a local cloud that runs: test/http of packages/local-cloud calls the same"],
];
