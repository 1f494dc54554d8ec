import { run } from "./process.ts";

/** The fields of a package index that say which archive it is of. */
const INDEX_FORMAT = "$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN) $(CODENAME)";

/** How this machine's own apt gets to a Debian archive. */
export interface AptSettings {
  /** One-line sources of the suite, its updates and its security updates; none where this machine has them not. */
  readonly sources: readonly string[];
  /** Lines of apt's configuration: proxies and the like. */
  readonly options: readonly string[];
}

/**
 * Asks this machine's apt for its settings: where packages come through a mirror or a proxy, the nodes' come that way too.
 *
 * @param suite Debian's code name, such as `bookworm`
 */
export async function aptSettings(suite: string): Promise<AptSettings> {
  const indices = await run("apt-get", ["indextargets", "--format", INDEX_FORMAT, "Created-By: Packages"]);
  const options = await Promise.all(
    ["http", "https"].map((scheme) => run("apt-config", ["dump", `Acquire::${scheme}`])),
  );
  return { sources: parseSources(indices, suite), options: parseOptions(options.join("")) };
}

/** The sources of a suite among the indices that apt knows; none unless the suite itself is among them. */
export function parseSources(indices: string, suite: string): string[] {
  const releases = [suite, `${suite}-updates`, `${suite}-security`];
  const found = indices
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, , component, origin, codename]) => {
      return component === "main" && origin === "Debian" && releases.includes(codename ?? "");
    });
  if (!found.some(([, , , , codename]) => codename === suite)) return [];
  return [...new Set(found.map(([uri, release]) => `deb ${uri} ${release} main`))];
}

/** What a dump of apt's configuration sets; a name without a value only opens a level. */
export function parseOptions(dump: string): string[] {
  return dump.split("\n").filter((line) => /^Acquire::\S+ ".+";$/.test(line));
}
