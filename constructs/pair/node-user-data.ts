import {
  NODE_PATHS,
  type NodeSettings,
  OPTIONAL_FEATURES,
  type OptionalFeature,
  SETUP_PATHS,
  type WithEveryKey,
  yields,
} from "../contract";
import { commonFiles } from "./common-files";
import type { HealthCheck } from "./health-check";
import { type PairctlProps, pairctlPropsOf } from "./pairctl-props";
import type { KeepalivedParameters, KeepalivedProps } from "./keepalived-props";
import { type CloudConfig, type NodeFile, partSizes, renderCloudConfig } from "../render/cloud-config";
import { renderKeepalivedConf, type TrackScript } from "../render/keepalived-conf";
import { renderNodeConf } from "../render/node-conf";
import { renderUserData, USER_DATA_LIMIT, userDataSize } from "../render/user-data";
import { PropError, Shown } from "../props/prop-error";
import { DataError } from "../render/yaml";
import { terraformTemplate } from "../terraform/terraform-template";
import type { NodeRole, VirtualIps } from "../virtual-ip/virtual-ip";

/**
 * Keeps keepalived from starting before the node is set up: systemd would start it where the image has keepalived, and the
 * package when it is installed. It runs before keepalived could, and before the files are written.
 */
const GATE_COMMAND = [
  "sh",
  "-c",
  `gate=${SETUP_PATHS.keepalivedGate}
[ -s $gate ] && exit
mkdir -p \${gate%/*}
printf '[Unit]\\nConditionPathExists=${SETUP_PATHS.keepalivedMayStart}\\n' >$gate
systemctl daemon-reload`,
];

/**
 * An image that was made from a node has the state of that node's setup, which would keep the setup from running. It is
 * removed once, and before anything of this node's is there: after a first boot that was cut off, the setup may be done
 * before the boot comes to its last commands.
 */
const FORGET_COMMAND = ["cloud-init-per", "instance", "pairctl", "rm", "-rf", SETUP_PATHS.setupState];

/** Of how many parts the size is told where all are too large together. */
const PARTS_SHOWN = 3;

/** The setup's own unit: it goes on trying where the first boot fails, and tells at each boot what is missing. */
const COMMANDS = [
  ["systemctl", "daemon-reload"],
  ["sh", "-c", "systemctl start pairctl-setup || { journalctl -u pairctl-setup -o cat --no-pager; exit 1; }"],
];

/**
 * The beginning of the script with the user's notify commands. The notify script calls it with the state and a second word;
 * it then runs itself in a unit of its own, since systemd ends everything in keepalived's cgroup when keepalived stops.
 */
const DETACH = `if [ "$2" ]; then
  timeout 5 systemd-run --quiet "$0" "$1" || { setsid "$0" "$1" </dev/null >/dev/null 2>&1 & }
  exit
fi`;

/**
 * Holds keepalived in FAULT while the agent has told this node to yield. Each run counts: the two nodes are both MASTER until
 * then. A run that takes long, since the node is busy, says nothing about that.
 */
const YIELD: TrackScript = {
  name: "yield",
  script: NODE_PATHS.yield,
  intervalSeconds: 1,
  timeoutSeconds: 10,
  rise: 1,
  fall: 1,
};

/** What the cloud's images call the primary interface; the boot puts the node's own name there if it is another. */
const INTERFACE = "eth0";

/** One node as its own configuration and its peer's name it. */
export interface NodeIdentity {
  readonly role: NodeRole;
  readonly privateIp: string;
  readonly priority: number;
}

/** What a node's user data is made from. */
export interface NodeUserDataProps extends KeepalivedProps, PairctlProps {
  /** The pair's name. */
  readonly name: string;
  /** This node. */
  readonly node: NodeIdentity;
  /** The other node. */
  readonly peer: NodeIdentity;
  /** The addresses that move. */
  readonly virtualIps: VirtualIps;
  /** The region whose API pairctl calls. */
  readonly region: string;
  /** The role whose credentials pairctl asks for; undefined where pairctl only reports. */
  readonly roleName: string | undefined;
  /** keepalived's parameters with their defaults. */
  readonly keepalived: KeepalivedParameters;
  /** What the user adds to the cloud-config. */
  readonly cloudConfig?: Readonly<Record<string, unknown>>;
}

/**
 * The Terraform expression of one node's user data.
 *
 * @throws where the user's cloud-config contradicts ours, or all of it takes more characters than the cloud does
 */
export function nodeUserData(props: NodeUserDataProps): string {
  const features = featuresOf(props);
  const { mechanism } = props.virtualIps[0];
  const before = commonFiles(mechanism, features);
  const config = cloudConfigOf(props, yields(mechanism, features));
  const text = before.text + explaining(() => renderCloudConfig(config, before, props.cloudConfig));
  const size = userDataSize(before.packed, text);
  if (size > USER_DATA_LIMIT) {
    const largest = partSizes(config, before, props.cloudConfig)
      .slice(0, PARTS_SHOWN)
      .map(({ name, characters }, index) => `${name} ${index === 0 ? "takes " : ""}${characters}`);
    throw new PropError(
      "userData",
      new Shown(
        `${size} characters, of which ${largest.join(", ")}, and what all nodes have ${userDataSize(before.packed, before.text)}`,
      ),
      `must fit into the ${USER_DATA_LIMIT} characters that the cloud takes after gzip and base64`,
      "shorten the health checks, notify commands, extra configuration or cloud-config, " +
        (props.peerWord ? "put them into the image, or leave peerWord out" : "or put them into the image"),
    );
  }
  return terraformTemplate(renderUserData(before.packed, text));
}

/** What of pairctl and its scripts this pair needs beyond what all need, in the order of the table. */
function featuresOf({
  extraKeepalivedConf,
  healthChecks = [],
  httpsProxy,
  peerWord = false,
}: NodeUserDataProps): OptionalFeature[] {
  const isUsed: Readonly<Record<OptionalFeature, boolean>> = {
    httpsProxy: httpsProxy !== undefined,
    healthChecks: healthChecks.length > 0 || extraKeepalivedConf !== undefined,
    peerWord,
  };
  return OPTIONAL_FEATURES.filter((feature) => isUsed[feature]);
}

/** What a node does at its first boot, beside the files that all nodes have alike. */
function cloudConfigOf(props: NodeUserDataProps, mayYield: boolean): CloudConfig {
  const checks = (props.healthChecks ?? []).map(checkScript);
  // Python hears the peer's adverts for a node that may yield.
  const ours = ["keepalived", "nodejs", ...(mayYield ? ["python3"] : [])];
  const packages = [...new Set([...ours, ...checks.flatMap(({ check }) => check.packages)])];
  return {
    packages,
    files: [...configFiles(props, checks, packages, mayYield), ...scriptFiles(props, checks)],
    bootCommands: [GATE_COMMAND, FORGET_COMMAND],
    commands: COMMANDS,
  };
}

/** What cannot be written is the user's: everything else in the user data is checked where it is given. */
function explaining(render: () => string): string {
  try {
    return render();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const path = error.path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
    throw new PropError(`cloudConfig${path}`, new Shown("a value that is not shown"), error.problem, error.remedy);
  }
}

/** A check and the script that runs it: keepalived's versions differ in how they read a command, not in a bare path. */
interface CheckScript {
  readonly check: HealthCheck;
  readonly name: string;
  readonly path: string;
}

function checkScript(check: HealthCheck, index: number): CheckScript {
  const name = `check_service_${index + 1}`;
  return { check, name, path: `${NODE_PATHS.libexec}/${name}` };
}

function configFiles(
  props: NodeUserDataProps,
  checks: readonly CheckScript[],
  packages: readonly string[],
  mayYield: boolean,
): NodeFile[] {
  const [virtualIp] = props.virtualIps;
  const vips = props.virtualIps.map(({ vip }) => vip) as [string, ...string[]];
  const conf = renderKeepalivedConf({
    routerId: `${props.name}-${props.node.role}`,
    interface: INTERFACE,
    ...props.keepalived,
    priority: props.node.priority,
    unicastSrcIp: props.node.privateIp,
    unicastPeer: props.peer.privateIp,
    virtualIpAddresses: vips,
    notifyScript: NODE_PATHS.notify,
    trackScripts: [
      ...(mayYield ? [YIELD] : []),
      ...checks.map(({ check, name, path }) => ({ ...check, name, script: path })),
    ],
    extraBlocks: props.extraKeepalivedConf,
  });
  // By it pairctl is chosen, which need not be told.
  const { peerWord: _, ...pairctlSettings } = pairctlPropsOf(props);
  const settings: WithEveryKey<NodeSettings> = {
    mechanism: virtualIp.mechanism,
    region: props.region,
    vpcId: virtualIp.subnet.vpcId,
    privateIp: props.node.privateIp,
    priority: props.node.priority,
    peerIp: props.peer.privateIp,
    peerPriority: props.peer.priority,
    advertInt: props.keepalived.advertInt,
    virtualIps: props.virtualIps.map(({ vip, pairctlSettings }) => ({ vip, ...pairctlSettings })),
    roleName: props.roleName,
    ...pairctlSettings,
  };
  return [
    // auth_pass stands in it in clear text.
    { path: NODE_PATHS.keepalivedConf, permissions: "0600", content: conf },
    {
      path: SETUP_PATHS.nodeConf,
      content: renderNodeConf({
        packages,
        minKeepalivedVersion: props.keepalived.minKeepalivedVersion,
        privateAddress: props.node.privateIp,
        virtualAddresses: vips,
        checks: checks.map(({ path }) => path),
      }),
    },
    { path: NODE_PATHS.settings, content: `${JSON.stringify(settings)}\n` },
  ];
}

function scriptFiles(props: NodeUserDataProps, checks: readonly CheckScript[]): NodeFile[] {
  const scripts = checks.map(({ check, path }) => script(path, [check.shellCommand]));
  if (props.notifyCommands === undefined) return scripts;
  return [...scripts, script(NODE_PATHS.notifyUser, [DETACH, ...props.notifyCommands])];
}

function script(path: string, lines: readonly string[]): NodeFile {
  return { path, permissions: "0755", content: `#!/bin/sh\n${lines.map((line) => line.trimEnd()).join("\n")}\n` };
}
