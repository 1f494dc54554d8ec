// Which part of the project may import what: the table of docs/architecture.md, as rules of ESLint.
import { createNodeResolver, importX } from "eslint-plugin-import-x";

const CONTRACT = "packages/pairctl/src/contract";
/** What reads settings files, and knows nothing of their keys. */
const SETTINGS_FILES = "packages/settings-files/src";
/** Whose a process id is, for locks. */
const PROCESS_SPACE = "packages/process-space/src";
/** The cloud's API as whoever owns the account calls it. */
const CLOUD_CLIENT = "packages/cloud-client/src";

/**
 * One row a layer; a layer within another one has rights of its own. `folders`: the folders or files that it is.
 * `mayImport`: the folders and files outside of it whose modules it may import. `modules`: the packages and core modules
 * that it may import (`*`: anything); all of them where it is left out. `isPure`: its result depends on its arguments only.
 */
export const LAYERS = [
  { name: "contract", folders: [CONTRACT], mayImport: [], modules: ["zlib"], isPure: true },
  { name: "constructs", folders: ["constructs"], mayImport: [], modules: ["cdktf", "constructs"] },
  {
    name: "contract of the constructs",
    folders: ["constructs/contract.ts"],
    mayImport: [CONTRACT],
    modules: [],
  },
  {
    name: "provider's bindings",
    folders: ["constructs/provider.ts"],
    mayImport: ["packages/provider-tencentcloud/lib", "constructs/props/core-library.ts"],
    modules: ["@cdktf/provider-tencentcloud/*", "constructs"],
  },
  { name: "assets", folders: ["constructs/assets.ts"], mayImport: [], modules: ["node:fs", "node:path"] },
  { name: "nearest name", folders: ["constructs/props/nearest.ts"], mayImport: [], modules: ["fastest-levenshtein"] },
  {
    name: "render",
    folders: ["constructs/render"],
    mayImport: ["constructs/contract.ts"],
    modules: ["node:zlib", "node:crypto", "yaml", "yaml/util"],
    isPure: true,
  },
  {
    name: "helpers for tests",
    folders: ["constructs/testing"],
    mayImport: ["constructs"],
    modules: ["constructs", "yaml", "vitest", "expect"],
  },
  {
    name: "settings files",
    folders: [SETTINGS_FILES],
    mayImport: [],
    modules: ["node:fs", "yaml"],
  },
  {
    name: "process space",
    folders: [PROCESS_SPACE],
    mayImport: [],
    modules: ["node:crypto", "node:fs", "node:os"],
  },
  { name: "settings", folders: ["settings"], mayImport: ["constructs", CONTRACT, SETTINGS_FILES] },
  {
    name: "pairctl",
    folders: ["packages/pairctl/src"],
    mayImport: [],
    // Core modules by the names that Node.js 10 knows.
    modules: [
      ...["child_process", "crypto", "dgram", "dns", "events", "fs", "http", "https", "net", "os", "path", "tls"],
      ...["url", "util", "zlib"],
    ],
  },
  { name: "local cloud", folders: ["packages/local-cloud/src"], mayImport: [PROCESS_SPACE] },
  {
    name: "deployment",
    folders: ["packages/deployment/src"],
    mayImport: [CONTRACT, "packages/local-cloud/src", SETTINGS_FILES],
  },
  { name: "cloud client", folders: [CLOUD_CLIENT], mayImport: [CONTRACT, "packages/pairctl/src/cloud/tc3.ts"] },
  { name: "acceptance", folders: ["packages/acceptance/src"], mayImport: [CONTRACT, CLOUD_CLIENT] },
  { name: "operator", folders: ["packages/operator/src"], mayImport: [CONTRACT, CLOUD_CLIENT, PROCESS_SPACE] },
  {
    name: "rehearsal",
    folders: ["packages/rehearsal/src"],
    mayImport: [
      CONTRACT,
      "packages/local-cloud/src",
      "packages/deployment/src",
      "packages/pairctl/bundle.ts",
      CLOUD_CLIENT,
      SETTINGS_FILES,
    ],
  },
];

const CLOUD = "packages/local-cloud/src";
const CLOUD_SERVICES = `${CLOUD}/services`;

/** The services of the local cloud, from the ground up, each with those that it stands on. */
export const SERVICES = {
  tag: [],
  sts: [],
  cam: ["tag"],
  vpc: ["tag"],
  cbs: ["tag"],
  cvm: ["tag", "cam", "vpc", "cbs"],
  tat: ["cvm"],
};

/** What a layer whose results depend on its arguments only may not use: the clock, chance, and the process. */
const IMPURE_GLOBALS = ["Date", "performance", "process", "setTimeout", "setInterval", "fetch", "crypto", "globalThis"];

/** Modules of the workspace's own packages: whether they may be imported is decided by their folders. */
const WORKSPACE = "^(acceptance|cloud-client|local-cloud|deployment|operator|pairctl|rehearsal)(/|$)";

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
      "import-x/no-restricted-paths": ["error", { zones: [...LAYERS.map(zone), ...cloudZones()] }],
    },
  },
  ...LAYERS.filter(({ modules }) => modules !== undefined).map(moduleRule),
];

/** Everything in the project is forbidden to a layer, but for itself and what its row names. */
function zone({ name, folders, mayImport }) {
  return {
    target: folders.flatMap(targets),
    from: ".",
    except: [...new Set(["node_modules", ...folders.map(installed)]), ...folders, ...mayImport],
    message: `'${name}' may import ${["itself", ...mayImport].join(", ")} only: see tools/lint/boundaries.mjs`,
  };
}

/** Within the local cloud everything stands on what is below it, and of a service others know its index.ts only. */
function cloudZones() {
  const message = "it stands below this, or inside a service: see tools/lint/boundaries.mjs";
  const servers = [`${CLOUD}/*.ts`, `${CLOUD}/@(http|commands)/**`];
  // The list of all actions and the whole state are made of the services.
  const whole = `${CLOUD_SERVICES}/@(index|state).ts`;
  return [
    { target: [`${CLOUD}/@(api|engine)/**`], from: [`${CLOUD_SERVICES}/**`, ...servers] },
    { target: [`${CLOUD_SERVICES}/!(index|state).ts`], from: [`${CLOUD_SERVICES}/*/**`, whole, ...servers] },
    ...Object.entries(SERVICES).map(([name, others]) => ({
      target: [`${CLOUD_SERVICES}/${name}/**`],
      from: [`${CLOUD_SERVICES}/!(${[name, ...others].join("|")})/**`, ...insidesOf(others), whole, ...servers],
    })),
    { target: [whole, ...servers], from: insidesOf(Object.keys(SERVICES)) },
  ].map((each) => ({ ...each, message }));
}

/** What is in the folders of services beside their index.ts. */
function insidesOf(services) {
  return services.flatMap((name) => [`${CLOUD_SERVICES}/${name}/!(index).ts`, `${CLOUD_SERVICES}/${name}/*/**`]);
}

/** What a layer is, without the single files in it that are layers of their own. */
function targets(folder) {
  const files = LAYERS.flatMap((layer) => layer.folders).filter((file) => file.endsWith(".ts") && isIn(file, folder));
  if (files.length === 0) return [folder];
  const names = files.map((file) => file.slice(folder.length + 1, -".ts".length));
  return [`${folder}/!(${names.join("|")}).ts`, `${folder}/*/**`];
}

function isIn(path, folder) {
  return path.startsWith(`${folder}/`);
}

/** Where a package has the modules of which the project has another version. */
function installed(folder) {
  const [workspace] = /^packages\/[^/]+/.exec(folder) ?? [];
  return workspace === undefined ? "node_modules" : `${workspace}/node_modules`;
}

function filesOf(folder) {
  return folder.endsWith(".ts") ? folder : `${folder}/**/*.{ts,mts}`;
}

function moduleRule({ name, folders, modules, isPure }) {
  const allowed = modules.map((module) => module.replaceAll(".", "\\.").replaceAll("*", ".*")).join("|");
  return {
    files: folders.map(filesOf),
    ignores: LAYERS.flatMap((layer) => layer.folders)
      .filter((other) => folders.some((folder) => isIn(other, folder)))
      .map(filesOf),
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(?!\\.)(?!${WORKSPACE.slice(1)})(?!(${allowed})$)`,
              message: `'${name}' may import no such module: see tools/lint/boundaries.mjs`,
            },
          ],
        },
      ],
      ...(isPure ? pureRules(name) : {}),
    },
  };
}

function pureRules(name) {
  const message = `'${name}' depends on its arguments only: see tools/lint/boundaries.mjs`;
  return {
    "no-restricted-globals": ["error", ...IMPURE_GLOBALS.map((global) => ({ name: global, message }))],
    "no-restricted-properties": ["error", { object: "Math", property: "random", message }],
  };
}
