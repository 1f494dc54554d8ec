import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";
import { githubSlug } from "../../docs/github-slug.mjs";

// What tools/docs/site/stage.ts has written beside the pages.
const { description, repository, sidebar, title } = JSON.parse(
  readFileSync(new URL("../.pages/site.json", import.meta.url), "utf8"),
);

export default defineConfig({
  title,
  description,
  lang: "en",
  // Where the site lies below a host's own pages.
  base: process.env.DOCS_BASE ?? "/",
  srcDir: ".pages",
  outDir: "../../dist/site",
  // The pages themselves say when they changed: the history of the checkout need not be there.
  lastUpdated: false,
  markdown: {
    anchor: { slugify: githubSlug },
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
  },
  vite: {
    // Vite looks for a configuration of its own beside the checkout's.
    configFile: false,
    logLevel: "warn",
  },
  themeConfig: {
    sidebar,
    nav: [
      { text: "Start", link: "/start" },
      { text: "Troubleshooting", link: "/troubleshooting" },
      { text: "API", link: "/api/" },
    ],
    search: { provider: "local" },
    outline: { level: [2, 3] },
    externalLinkIcon: true,
    socialLinks: [{ icon: "github", link: repository }],
    footer: { message: "Apache-2.0" },
  },
});
