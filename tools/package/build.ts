// Builds the packages that are published, each in a folder below dist/packages/, after `npm run build`:
// `npm run build:packages`
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Flavour, FLAVOURS } from "./flavours";
import { copyLibrary } from "./library";
import { manifestOf, type RepositoryManifest, webAddress } from "./manifest";
import { packedPage, packedReadme, PAGES } from "./pages";

const ROOT = join(__dirname, "../..");

/** Where the packages are built, each in a folder of its name. */
export const TARGET = join(ROOT, "dist/packages");

/** Writes a package, and returns its folder. */
export function buildPackage(flavour: Flavour, into = TARGET): string {
  const folder = join(into, flavour.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as RepositoryManifest;
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifestOf(manifest, flavour), null, 2)}\n`);
  copyLibrary(ROOT, folder, flavour);
  const repository = { root: ROOT, url: webAddress(manifest), tag: `v${manifest.version}` };
  const other = FLAVOURS.find((each) => each !== flavour) ?? flavour;
  writeFileSync(join(folder, "README.md"), packedReadme(repository, flavour, other));
  for (const page of PAGES) {
    mkdirSync(dirname(join(folder, page)), { recursive: true });
    writeFileSync(join(folder, page), packedPage(repository, page, flavour));
  }
  copyFileSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
  return folder;
}

if (require.main === module) {
  for (const flavour of FLAVOURS) console.log(buildPackage(flavour));
}
