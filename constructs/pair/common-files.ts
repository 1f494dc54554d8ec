import { readAsset } from "../assets";
import {
  bundleName,
  type Mechanism,
  NODE_PATHS,
  type OptionalFeature,
  packedProgram,
  SETUP_PATHS,
  yields,
} from "../contract";
import { type NodeFile, type RenderedFiles, renderFiles } from "../render/cloud-config";

/** Where the assets that all nodes have alike go. */
const NODE_FILES: Readonly<Record<string, string>> = {
  "keepalived.service.conf": SETUP_PATHS.keepalivedDropIn,
  "multi-user.target.conf": SETUP_PATHS.multiUserDropIn,
  "pairctl-setup.service": SETUP_PATHS.setupService,
  "pairctl-watch.service": SETUP_PATHS.watchService,
  "pairctl.service": SETUP_PATHS.pairctlService,
  "pairctl.timer": SETUP_PATHS.pairctlTimer,
  awake: SETUP_PATHS.awake,
  preflight: SETUP_PATHS.preflight,
  setup: SETUP_PATHS.setup,
  watch: SETUP_PATHS.watch,
  release: SETUP_PATHS.release,
  notify: NODE_PATHS.notify,
};

/** The same of a pair whose nodes may yield. */
const YIELD_FILES: Readonly<Record<string, string>> = { yield: NODE_PATHS.yield };

/** Read and rendered once for all nodes of all pairs that have the same pairctl. */
const nodeFiles = new Map<string, RenderedFiles>();

/** The files that all nodes of a mechanism and its features have alike: pairctl, units and scripts. */
export function commonFiles(mechanism: Mechanism, features: readonly OptionalFeature[]): RenderedFiles {
  const bundle = bundleName(mechanism, features);
  const known = nodeFiles.get(bundle);
  if (known !== undefined) return known;
  const pairctl = nodeFile(NODE_PATHS.command, packedProgram(readAsset(`pairctl/${bundle}`)));
  const mayYield = yields(mechanism, features);
  const assets = Object.entries({ ...NODE_FILES, ...(mayYield ? YIELD_FILES : {}) }).map(([asset, path]) => {
    const checked = features.includes("healthChecks") ? readAsset(asset) : withoutChecks(readAsset(asset));
    return nodeFile(path, withoutComments(mayYield ? checked : withoutYield(checked)));
  });
  const rendered = renderFiles(pairctl, assets);
  nodeFiles.set(bundle, rendered);
  return rendered;
}

function nodeFile(path: string, content: string): NodeFile {
  return { path, content, ...(content.startsWith("#!") ? { permissions: "0755" } : {}) };
}

/** Without health checks the scripts need no loops over them. */
function withoutChecks(text: string): string {
  return text.replace(/^( *)for check in \$CHECKS; do\n[^]*?^\1done\n/gm, "");
}

/** Where no node yields, the scripts need no line about it. */
function withoutYield(text: string): string {
  return text.replace(/^.*\byield\b.*\n/gm, "");
}

/** Comments of assets are for readers of the repository: with them the user data would be too long. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(#(?!!).*)?\n/gm, "");
}
