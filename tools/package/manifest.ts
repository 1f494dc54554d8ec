import type { Flavour } from "./flavours";

/** What of the repository's package.json a package is told by. */
export interface RepositoryManifest {
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  readonly author: string;
  readonly repository: { readonly type: string; readonly url: string };
  readonly engines: Readonly<Record<string, string>>;
  readonly main: string;
  readonly types: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** Dependencies of the repository that are copied into the package. */
const COPIED = ["@cdktf/provider-tencentcloud"];

/**
 * A package's package.json: no scripts, so that nothing runs where it is installed, no workspaces, no development
 * dependencies.
 */
export function manifestOf(repository: RepositoryManifest, flavour: Flavour): Readonly<Record<string, unknown>> {
  const { version, license, author, engines, main, types, bin, exports } = repository;
  const url = webAddress(repository);
  const dependencies = Object.entries(repository.dependencies).filter(([name]) => !COPIED.includes(name));
  const { cdktf: _, ...peers } = repository.peerDependencies;
  return {
    name: flavour.name,
    version,
    description: repository.description.replace("`cdktf deploy`", `\`${flavour.core} deploy\``),
    keywords: [flavour.core, ...repository.keywords],
    license,
    author,
    homepage: `${url}#readme`,
    repository: repository.repository,
    bugs: { url: `${url}/issues` },
    engines,
    type: "commonjs",
    main,
    types,
    bin,
    exports,
    typesVersions: { "*": typesBySubpath(exports) },
    dependencies: Object.fromEntries(dependencies),
    peerDependencies: { [flavour.core]: flavour.range, ...peers, vitest: ">=3.2.0 <6" },
    peerDependenciesMeta: { vitest: { optional: true } },
    publishConfig: { access: "public", provenance: true },
  };
}

/**
 * The same types for `moduleResolution: node10`, which does not read `exports` and is what a project of `cdktf init` has:
 * Node.js reads them either way.
 */
function typesBySubpath(exports: RepositoryManifest["exports"]): Readonly<Record<string, readonly string[]>> {
  const typed = Object.entries(exports).flatMap(([subpath, target]) => {
    const types = typesOf(target);
    return subpath === "." || types === undefined ? [] : [[subpath.slice("./".length), [types]] as const];
  });
  return Object.fromEntries(typed);
}

/** The declarations of what `require` finds. */
function typesOf(target: unknown): string | undefined {
  if (typeof target !== "object" || target === null) return undefined;
  const { types, require } = target as { readonly types?: string; readonly require?: unknown };
  return types ?? typesOf(require);
}

/** The repository's page, of `git+https://…/name.git`. */
export function webAddress({ repository }: Pick<RepositoryManifest, "repository">): string {
  return repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
}
