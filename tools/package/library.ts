// The compiled library as it lies in a package: no name of a module that only this repository has.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { transformSync } from "esbuild";
import { withoutDocComments } from "./doc-comments";
import { type Flavour, SOURCE_CORE, SOURCE_NAME } from "./flavours";
import { withLinesOnly, withSources } from "./line-maps";
import { specifiersOf, withSpecifiers } from "./specifiers";

const BINDINGS = "@cdktf/provider-tencentcloud/lib/";
/** Where the bindings lie in a package, below `lib/`: those that the constructs use. */
const BINDINGS_FOLDER = "provider-tencentcloud";

/** What goes to the nodes, and what is for the operator's monitoring. */
export const COPIED_AS_THEY_ARE = ["assets", "monitoring"];

/**
 * Copies what `npm run build:lib` compiled, with the provider's bindings that it uses.
 *
 * @param root the repository
 * @param target the package's folder
 */
export function copyLibrary(root: string, target: string, flavour: Flavour): void {
  const compiled = join(root, "lib");
  if (!existsSync(compiled)) throw new Error(`${compiled} is missing: build it with 'npm run build'`);
  const used = new Set<string>();
  for (const file of filesIn(compiled)) {
    const text = readFileSync(join(compiled, file), "utf8");
    if (isCode(file)) {
      for (const specifier of specifiersOf(text)) {
        if (specifier.startsWith(BINDINGS)) used.add(specifier.slice(BINDINGS.length));
      }
    }
    write(join(target, "lib", file), packed(text, file, flavour));
  }
  for (const binding of used) {
    const folder = join(root, "packages", "provider-tencentcloud", "lib", binding);
    for (const file of filesIn(folder)) {
      const own = posix.join(BINDINGS_FOLDER, binding, file);
      const text = adapted(readFileSync(join(folder, file), "utf8"), own, flavour);
      write(join(target, "lib", own), file.endsWith(".js") ? compact(text) : text);
    }
  }
  for (const folder of COPIED_AS_THEY_ARE) cpSync(join(root, folder), join(target, folder), { recursive: true });
}

/** A file of what was compiled, as the package has it. */
function packed(text: string, file: string, flavour: Flavour): string {
  if (file.endsWith(".map")) return withSources(withLinesOnly(text), withoutDocComments);
  return isCode(file) ? adapted(text, file, flavour) : text;
}

/** A compiled file with the modules that it gets in the package, its own name in comments, and docs in declarations only. */
function adapted(text: string, file: string, flavour: Flavour): string {
  return withSpecifiers(file.endsWith(".js") ? withoutDocComments(text) : text, (specifier) => {
    if (specifier === SOURCE_CORE) return flavour.core;
    if (specifier.startsWith(BINDINGS)) {
      const binding = `${BINDINGS_FOLDER}/${specifier.slice(BINDINGS.length)}/index.js`;
      return posix.relative(posix.dirname(file), binding);
    }
    // TypeScript leaves these in declarations, and names the files of the source by them.
    return specifier.startsWith(".") ? specifier.replace(/\.ts$/, ".js") : specifier;
  }).replaceAll(SOURCE_NAME, flavour.name);
}

/**
 * Generated code without its indents and comments. It has no source map, whose lines would have to stay, and every name
 * stays as it is.
 */
function compact(text: string): string {
  return transformSync(text, { minifyWhitespace: true, legalComments: "none", target: "node20" }).code;
}

function isCode(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
