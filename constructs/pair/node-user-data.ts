import { readAsset } from "../assets";
import { NODE_PATHS, type NodeSettings } from "../contract";
import type { HealthCheck } from "./health-check";
import { type HookProps, hookPropsOf } from "./hook-props";
import type { KeepalivedParameters, KeepalivedProps } from "./keepalived-props";
import { type NodeFile, renderCloudConfig } from "../render/cloud-config";
import { renderKeepalivedConf, renderKeepalivedDropIn } from "../render/keepalived-conf";
import { PACKED_PATH, packNodeFiles, UNPACK_COMMAND } from "../render/node-files";
import { USER_DATA_LIMIT, userDataExpression, userDataSize } from "../render/user-data";
import { PropError, Shown } from "../prop-error";
import { DataError } from "../render/yaml";
import type { NodeRole, VirtualIps } from "../virtual-ip/virtual-ip";

/** What every node gets alike, in the order in which it packs best. The built hook has no comments, but empty lines count. */
const NODE_FILES: readonly NodeFile[] = [
  { path: NODE_PATHS.hookService, content: withoutComments(readAsset("migration-hook.service")) },
  { path: NODE_PATHS.hookTimer, content: withoutComments(readAsset("migration-hook.timer")) },
  { path: NODE_PATHS.notify, content: withoutComments(readAsset("notify")) },
  { path: NODE_PATHS.boot, content: withoutComments(readAsset("boot")) },
  { path: NODE_PATHS.command, content: readAsset("migration-hook/hook.js") },
];

/** Packed once for all nodes of all pairs. */
let packedFiles: string | undefined;

/** What the cloud's images call the primary interface; the boot puts the node's own name there if it is another. */
const INTERFACE = "eth0";

/** One node as its own configuration and its peer's name it. */
export interface NodeIdentity {
  readonly role: NodeRole;
  readonly privateIp: string;
  readonly priority: number;
}

/** What a node's user data is made from. */
export interface NodeUserDataProps extends KeepalivedProps, HookProps {
  /** The pair's name. */
  readonly name: string;
  /** This node. */
  readonly node: NodeIdentity;
  /** The other node. */
  readonly peer: NodeIdentity;
  /** The addresses that move. */
  readonly virtualIps: VirtualIps;
  /** The region whose API the hook calls. */
  readonly region: string;
  /** The role whose credentials the hook asks for; undefined where the hook only reports. */
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
  const text = cloudConfigText(props);
  packedFiles ??= packNodeFiles(NODE_FILES);
  const size = userDataSize(packedFiles, text);
  if (size > USER_DATA_LIMIT) {
    throw new PropError(
      "userData",
      `${size} characters`,
      `must fit into the ${USER_DATA_LIMIT} characters that the cloud takes after gzip and base64`,
      "shorten the health checks, notify commands, extra configuration or cloud-config, or put them into the image",
    );
  }
  return userDataExpression(packedFiles, text);
}

function cloudConfigText(props: NodeUserDataProps): string {
  const checks = (props.healthChecks ?? []).map(checkScript);
  const packages = ["keepalived", "nodejs", ...checks.flatMap(({ check }) => check.packages)];
  return explaining(() =>
    renderCloudConfig(
      {
        packages: [...new Set(packages)],
        files: [...configFiles(props, checks), ...scriptFiles(props, checks)],
        commands: [UNPACK_COMMAND, [NODE_PATHS.boot, props.peer.privateIp]],
      },
      [PACKED_PATH, ...NODE_FILES.map(({ path }) => path)],
      props.cloudConfig,
    ),
  );
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

function configFiles(props: NodeUserDataProps, checks: readonly CheckScript[]): NodeFile[] {
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
    userNotifyScript: props.notifyCommands === undefined ? undefined : NODE_PATHS.notifyUser,
    trackScripts: checks.map(({ check, name, path }) => ({ ...check, name, script: path })),
    extraBlocks: props.extraKeepalivedConf,
  });
  const settings: NodeSettings = {
    mechanism: virtualIp.mechanism,
    region: props.region,
    vpcId: virtualIp.subnet.vpcId,
    privateIp: props.node.privateIp,
    priority: props.node.priority,
    peerIp: props.peer.privateIp,
    peerPriority: props.peer.priority,
    advertInt: props.keepalived.advertInt,
    virtualIps: props.virtualIps.map(({ vip, hookSettings }) => ({ vip, ...hookSettings })),
    roleName: props.roleName,
    ...hookPropsOf(props),
  };
  return [
    // auth_pass stands in it in clear text.
    { path: NODE_PATHS.keepalivedConf, permissions: "0600", content: conf },
    {
      path: NODE_PATHS.keepalivedDropIn,
      content: renderKeepalivedDropIn(vips, INTERFACE),
    },
    { path: NODE_PATHS.settings, content: `${JSON.stringify(settings)}\n` },
  ];
}

function scriptFiles(props: NodeUserDataProps, checks: readonly CheckScript[]): NodeFile[] {
  const scripts = checks.map(({ check, path }) => script(path, [check.shellCommand]));
  if (props.notifyCommands === undefined) return scripts;
  // keepalived calls it with GROUP, the group's name, the state and the priority.
  return [...scripts, script(NODE_PATHS.notifyUser, ['set -- "$3"', ...props.notifyCommands])];
}

function script(path: string, lines: readonly string[]): NodeFile {
  return { path, permissions: "0755", content: `#!/bin/sh\n${lines.map((line) => line.trimEnd()).join("\n")}\n` };
}

/** The reader of a script is at home; on the way to the node each character counts. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(#(?!!).*)?\n/gm, "");
}
