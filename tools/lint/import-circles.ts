// Finds what ESLint's import-x/no-cycle does not see: circles of types, and folders that need each other.
import { join, relative, sep } from "node:path";
import ts from "typescript";

/** One file's import of another one, by their paths from the project's root. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** The project's code, without its tests. */
const CODE = ["*.ts", "constructs", "settings", "tools", "packages/*/*.ts", "packages/*/src"];

/** Every import of the project's code by itself, of types as well; packages of the workspace by what they resolve to. */
export function importsOf(root: string): Import[] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)).config,
    ts.sys,
    root,
  );
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  const files = ts.sys.readDirectory(root, [".ts", ".mts"], ["**/node_modules", "**/lib"], CODE);
  const known = new Set(files);
  return files.flatMap((file) =>
    ts
      .preProcessFile(ts.sys.readFile(file) ?? "")
      .importedFiles.map(({ fileName }) => ts.resolveModuleName(fileName, file, options, ts.sys, cache).resolvedModule)
      .flatMap((module) =>
        module !== undefined && known.has(module.resolvedFileName) ? [module.resolvedFileName] : [],
      )
      .map((to) => ({ from: pathFrom(root, file), to: pathFrom(root, to) })),
  );
}

const pathFrom = (root: string, file: string) => relative(root, file).split(sep).join("/");

/** The imports that close a circle of files. */
export const circlesOfFiles = (imports: readonly Import[]): Import[] =>
  closing(imports.map((each) => ({ ...each, part: each.from, needed: each.to })));

/**
 * The imports that close a circle of what lies side by side in a folder, files and folders: with them, none of these
 * can be understood before the others.
 */
export const circlesOfFolders = (imports: readonly Import[]): Import[] => closing(imports.map(sideBySide));

interface Need extends Import {
  /** The file or folder that has the import in it. */
  readonly part: string;
  /** The one beside it that the import leads to. */
  readonly needed: string;
}

/** What an import means in the folder that both files are in. */
function sideBySide({ from, to }: Import): Need {
  const [parts, others] = [from.split("/"), to.split("/")];
  const depth = parts.findIndex((part, index) => part !== others[index]);
  return { from, to, part: parts.slice(0, depth + 1).join("/"), needed: others.slice(0, depth + 1).join("/") };
}

function closing(needs: readonly Need[]): Import[] {
  const neededBy = new Map<string, Set<string>>();
  for (const { part, needed } of needs) neededBy.set(part, (neededBy.get(part) ?? new Set()).add(needed));
  return needs.filter(({ part, needed }) => isReachable(neededBy, needed, part)).map(({ from, to }) => ({ from, to }));
}

function isReachable(neededBy: ReadonlyMap<string, ReadonlySet<string>>, start: string, goal: string): boolean {
  const seen = new Set([start]);
  // A set that grows while it is gone through: what is added is gone through as well.
  for (const part of seen) for (const needed of neededBy.get(part) ?? []) seen.add(needed);
  return seen.has(goal);
}
