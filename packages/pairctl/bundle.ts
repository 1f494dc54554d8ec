import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { minify } from "terser";
import {
  type Mechanism,
  type NodeSettings,
  OPTIONAL_FEATURES,
  type OptionalFeature,
  type VirtualIpSettings,
  yields,
} from "./src/contract/index.ts";
import { OPTIONAL_TEXT, SETTINGS_DEFAULTS, SETTINGS_SHAPE } from "./src/contract/settings-shape.ts";

const SOURCE = join(import.meta.dirname, "src");

/**
 * Names of properties that only pairctl's own code reads: not the cloud's, not Node.js's, and none that is written to a
 * file, and no command's name. They are minified like the names of variables.
 */
const INTERNAL = [
  ...["appendFile", "clock", "hasAddress", "isRunning", "readFile", "timeoutMs", "writeFile"],
  ...[
    "hasVip",
    "isListening",
    "notification",
    "notificationLog",
    "receiptLog",
    "statePrefix",
    "keepalivedConf",
    "libexec",
  ],
  ...["deadline", "hasHandedOver", "memory", "memoryTrouble", "objection", "outcome", "purpose", "settings"],
  ...[
    "act",
    "address",
    "api",
    "haVipId",
    "holder",
    "holderId",
    "isFree",
    "isStronger",
    "observe",
    "ownId",
    "step",
    "until",
  ],
  ...["service", "shell", "sleep", "timestamp", "line"],
  ...["conf", "level", "look", "remedy", "unknown", "what"],
  ...["adverts", "announcedAt", "dueAt", "eipAskedAt", "endpointsTried", "hasEip", "hasLostInterface"],
  ...["addresses", "attempts", "contests", "contestedAt", "flushedTime", "helps", "node", "promotion", "triedAt"],
  ...["notifications", "restarts", "waitingSince", "views", "wait"],
  ...["begunAt", "movedFrom", "ownInterface", "seen", "task"],
  ...["keep", "link", "peerSees", "raise", "raised", "refused", "session", "signal", "since"],
  ...["askedAt", "heardAt", "incumbentKeeps", "masterlessSince", "serve", "yieldUntil"],
  ...["doublings", "first", "hearAdverts", "forMs", "isKept", "takeoverMs", "watchFile", "word"],
  ...["holderChanges", "metrics"],
  ...["body", "host", "read", "state"],
] as const;

type Internal = (typeof INTERNAL)[number];

/** Does not compile where a key of the settings is among them: the bundle would not know it by the name in the file. */
const NO_SETTING: Record<Extract<Internal, keyof NodeSettings | keyof VirtualIpSettings>, never> = {};

/** What a bundle is made with. */
export interface BundleOptions {
  /** A node gets the bundle of its mechanism only: the other one is never mixed in, and the user data has to be short. */
  readonly mechanism: Mechanism;
  /**
   * What of it the node's settings turn on.
   *
   * @default - nothing
   */
  readonly features?: readonly OptionalFeature[];
  /**
   * What `pairctl --version` prints.
   *
   * @default "from source"
   */
  readonly version?: string;
  /**
   * Changes a source file on its way into the bundle: its path below `src/` and its text.
   *
   * @default - each as it is
   */
  readonly transform?: (path: string, text: string) => string;
  /**
   * Whether terser minifies once more what esbuild has minified: a file of the same behaviour, 4 % smaller in the user
   * data, for ten times the time.
   *
   * @default true
   */
  readonly isMinifiedTwice?: boolean;
}

/**
 * Bundles the source into the one file that goes to the nodes of a mechanism, for Node.js 10.19.
 *
 * @returns the code, without the line that names its interpreter
 */
export async function bundlePairctl(options: BundleOptions): Promise<string> {
  const { features = [], mechanism, version, transform, isMinifiedTwice = true } = options;
  const { outputFiles } = await build({
    entryPoints: [join(SOURCE, "bundle.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node10.19",
    minify: true,
    mangleProps: new RegExp(`^(${[...INTERNAL, ...Object.keys(NO_SETTING)].join("|")})$`),
    legalComments: "none",
    logLevel: "warning",
    tsconfigRaw: {},
    define: {
      __MECHANISM__: JSON.stringify(mechanism),
      __HEARS_ADVERTS__: JSON.stringify(yields(mechanism, features)),
      __HEALTH_CHECKS__: JSON.stringify(features.includes("healthChecks")),
      __HTTPS_PROXY__: JSON.stringify(features.includes("httpsProxy")),
      __INCUMBENT_KEEPS__: "false",
      __PEER_WORD__: JSON.stringify(features.includes("peerWord")),
      ...(version === undefined ? {} : { __VERSION__: JSON.stringify(version) }),
    },
    plugins: [withoutRules(features), ...(transform === undefined ? [] : [transforming(transform)])],
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("esbuild has written no file");
  if (!isMinifiedTwice) return file.text;
  // What esbuild's minifier leaves is another 4 % of the user data's room.
  const { code } = await minify(callingAsMethods(file.text), {
    ecma: 2018,
    toplevel: true,
    compress: {
      passes: 6,
      unsafe: true,
      unsafe_arrows: true,
      pure_getters: true,
      inline: 1,
      pure_funcs: ["require"],
      // `x === undefined` packs better with each constant on its own side: most are on the right.
      lhs_constants: false,
    },
  });
  if (code === undefined) throw new Error("terser has written nothing");
  return code;
}

/** Functions of Node.js's modules do not care for `this`, from which esbuild keeps them: `(0, fs.readFileSync)(…)`. */
function callingAsMethods(code: string): string {
  return code.replace(/\(0,([\w$]+\.\w+)\)\(/g, " $1(");
}

/** The bundle as the file that a node runs. */
export const executable = (code: string): string => `#!/usr/bin/env node\n${code}`;

/** Puts the settings' shape and defaults into the bundle, in place of the rules that they are made from. */
function withoutRules(features: readonly OptionalFeature[]): Plugin {
  const left = OPTIONAL_FEATURES.filter((feature) => !features.includes(feature));
  const shape = Object.entries(SETTINGS_SHAPE).filter(([key]) => !left.some((feature) => feature === key));
  const values = { OPTIONAL_TEXT, SETTINGS_DEFAULTS, SETTINGS_SHAPE: Object.fromEntries(shape) };
  const constants = Object.entries(values).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
  return {
    name: "without-rules",
    setup: ({ onLoad }) => {
      onLoad({ filter: /contract.settings-shape\.ts$/ }, () => ({ contents: constants.join("\n"), loader: "ts" }));
    },
  };
}

function transforming(transform: (path: string, text: string) => string): Plugin {
  return {
    name: "transform",
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        return { contents: transform(relative(SOURCE, path), readFileSync(path, "utf8")), loader: "ts" };
      });
    },
  };
}
