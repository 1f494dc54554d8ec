import { run } from "./process.ts";

/** The fields of a package index that say which archive it is of. */
const INDEX_FORMAT = "$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN) $(CODENAME)";

/** How this machine's own apt gets to a Debian archive. */
export interface AptSettings {
  /** One-line sources of the suite, its updates and its security updates; none where this machine knows no Debian. */
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

/**
 * The sources of a suite: those that apt knows; where it knows another release of Debian only, the same mirrors with the
 * suite's name in place of that release's. None where it knows no Debian: the archive's own address is left to others.
 */
export function parseSources(indices: string, suite: string): string[] {
  const debian = indices
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, , component, origin]) => component === "main" && origin === "Debian")
    .map(([uri = "", release = "", , , codename = ""]) => ({ uri, release, codename }));
  const known = new Set(debian.map(({ codename }) => codename));
  const base = known.has(suite) ? suite : [...known].find((codename) => !codename.includes("-"));
  if (base === undefined) return [];
  const sources = debian.flatMap(({ uri, release, codename }) => {
    const kind = ["", "-updates", "-security"].find((suffix) => codename === base + suffix);
    if (kind === undefined) return [];
    return [`deb ${uri} ${base === suite ? release : suite + kind} main`];
  });
  return [...new Set(sources)];
}

/** What a dump of apt's configuration sets; a name without a value only opens a level. */
export function parseOptions(dump: string): string[] {
  return dump.split("\n").filter((line) => /^Acquire::\S+ ".+";$/.test(line));
}
