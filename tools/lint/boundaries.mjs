// Which part of the project may import what: the table of docs/architecture.md, as rules of ESLint.
import { createNodeResolver, importX } from "eslint-plugin-import-x";

const CONTRACT = "packages/pairctl/src/contract";

/**
 * One row a layer. `folders`: what the layer is. `mayImport`: the folders and files outside of it whose modules it may
 * import. `modules`: which packages and core modules it may import, as a regular expression; any where it is left out.
 */
export const LAYERS = [
  { name: "contract", folders: [CONTRACT], mayImport: [], modules: "^$" },
  {
    name: "render",
    folders: ["constructs/render"],
    mayImport: ["constructs/contract.ts"],
    modules: "^(node:zlib|node:crypto|yaml(/util)?)$",
  },
  {
    name: "constructs",
    folders: ["constructs"],
    mayImport: [CONTRACT, "packages/provider-tencentcloud/lib"],
    modules: "^(cdktf|constructs|fastest-levenshtein|yaml(/util)?|vitest|node:(fs|path|zlib|crypto))$",
  },
  {
    name: "provider",
    folders: ["constructs/provider.ts"],
    mayImport: ["packages/provider-tencentcloud/lib"],
    modules: "^@cdktf/provider-tencentcloud/.*$",
  },
  { name: "settings", folders: ["settings"], mayImport: ["constructs", CONTRACT] },
  {
    name: "pairctl",
    folders: ["packages/pairctl/src"],
    mayImport: [],
    // Core modules by the names that Node.js 10 knows.
    modules: "^(child_process|crypto|dgram|dns|events|fs|http|https|net|os|path|tls|url|util|zlib)$",
  },
  { name: "local-cloud", folders: ["packages/local-cloud/src"], mayImport: [] },
  {
    name: "deployment",
    folders: ["packages/deployment/src"],
    mayImport: [CONTRACT, "packages/local-cloud/src"],
  },
  {
    name: "rehearsal",
    folders: ["packages/rehearsal/src"],
    mayImport: [CONTRACT, "packages/local-cloud/src", "packages/deployment/src", "packages/pairctl/bundle.ts"],
  },
];

/** Modules of the workspace's own packages: whether they may be imported is decided by their folders. */
const WORKSPACE = "^(local-cloud|deployment|pairctl|rehearsal)(/|$)";

/** The configurations of ESLint that hold the table, and forbid import cycles everywhere. */
export const boundaries = [
  {
    files: ["**/*.{ts,mts}"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".mts", ".mjs", ".js", ".json"] })],
      "import-x/extensions": [".ts", ".mts", ".mjs", ".js"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".mts"] },
    },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones: LAYERS.map(zone) }],
    },
  },
  ...LAYERS.filter(({ modules }) => modules !== undefined).map(moduleRule),
];

/** Everything in the project is forbidden to a layer, but for itself and what its row names. */
function zone({ name, folders, mayImport }) {
  return {
    target: folders,
    from: ".",
    except: [...new Set(["node_modules", ...folders.map(installed)]), ...folders, ...mayImport],
    message: `'${name}' may import ${["itself", ...mayImport].join(", ")} only: see tools/lint/boundaries.mjs`,
  };
}

/** Where a package has the modules of which the project has another version. */
function installed(folder) {
  const [workspace] = /^packages\/[^/]+/.exec(folder) ?? [];
  return workspace === undefined ? "node_modules" : `${workspace}/node_modules`;
}

function filesOf(folder) {
  return folder.endsWith(".ts") ? folder : `${folder}/**/*.{ts,mts}`;
}

function moduleRule({ name, folders, modules }) {
  return {
    files: folders.map(filesOf),
    ignores: LAYERS.filter((other) => other.name !== name)
      .flatMap((other) => other.folders)
      .filter((other) => folders.some((folder) => other.startsWith(`${folder}/`)))
      .map(filesOf),
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(?!\\.)(?!${WORKSPACE.slice(1)})(?!${modules.slice(1, -1)}$)`,
              message: `'${name}' may import no such module: see tools/lint/boundaries.mjs`,
            },
          ],
        },
      ],
    },
  };
}
