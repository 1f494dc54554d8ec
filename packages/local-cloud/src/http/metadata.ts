import type { RequestListener } from "node:http";
import type { Faults } from "../engine/faults.ts";
import type { Assumptions } from "../services/assumptions.ts";
import type { Instance } from "../services/cvm/index.ts";
import type { State } from "../services/state.ts";
import { known } from "../services/store.ts";
import type { NetworkInterface } from "../services/vpc/index.ts";
import type { Credentials } from "./credentials.ts";
import { applyFault } from "./listener.ts";

/** What the metadata service needs. */
export interface MetadataOptions {
  readonly state: State;
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly region: string;
  readonly assumptions: Assumptions;
  /** Unix time in ms. */
  readonly now: () => number;
  /** The id of the instance that asks from this address. */
  readonly instanceOf: (remoteAddress: string) => string | undefined;
}

const root = "/latest/meta-data/";

/** The metadata service: plain GET, answers in text; unknown paths and unknown callers get a 404 in text. */
export function metadataListener(options: MetadataOptions): RequestListener {
  return async (request, response) => {
    const fault = options.faults.take("metadata");
    if (fault && (await applyFault(fault, response))) return;
    const { instanceId, path } = splitPath(request.url ?? "/", () =>
      options.instanceOf(plainAddress(request.socket.remoteAddress)),
    );
    const instance = instanceId === undefined ? undefined : options.state.instances.get(instanceId);
    const content =
      request.method !== "GET" || !instance || !path.startsWith(root)
        ? undefined
        : find(options, instance, path.slice(root.length));
    response.writeHead(content === undefined ? 404 : 200, { "Content-Type": "text/plain" });
    response.end(content ?? "404 Not Found\n");
  };
}

/** `/instances/<id>` in front of a path asks for that instance's view, whoever asks. */
function splitPath(url: string, ofCaller: () => string | undefined) {
  const [path = ""] = url.split("?", 1);
  const [, instanceId, rest] = /^\/instances\/([^/]+)(\/.*)$/.exec(path) ?? [];
  return rest === undefined ? { instanceId: ofCaller(), path } : { instanceId, path: rest };
}

const plainAddress = (address = "") => address.replace(/^::ffff:/, "");

/** A file's content, a folder's listing (asked for with or without its slash), or undefined. */
function find(options: MetadataOptions, instance: Instance, path: string): string | undefined {
  const files = filesOf(options, instance);
  // MAC addresses are compared without case: the service writes them in upper case, the kernel in lower.
  const wanted = path.toLowerCase();
  const file = Object.keys(files).find((name) => name.toLowerCase() === wanted);
  if (file !== undefined) return files[file]?.();
  const folder = wanted === "" || wanted.endsWith("/") ? wanted : `${wanted}/`;
  const entries = Object.keys(files)
    .filter((name) => name.toLowerCase().startsWith(folder))
    .map((name) => name.slice(folder.length).replace(/\/.*$/, "/"));
  return entries.length > 0 ? [...new Set(entries)].join("\n") : undefined;
}

function filesOf(options: MetadataOptions, instance: Instance): Record<string, () => string> {
  const { state, credentials, region } = options;
  const { zone } = known(state.subnets, instance.subnetId);
  const { macAddress } = known(state.networkInterfaces, instance.networkInterfaceId);
  const enis = [...state.networkInterfaces.values()].filter((eni) => eni.instanceId === instance.instanceId);
  const { camRoleName: role } = instance;
  return {
    "instance-id": () => instance.instanceId,
    "instance-name": () => instance.instanceName,
    "local-ipv4": () => instance.privateIp,
    mac: () => macAddress,
    "placement/region": () => region,
    "placement/zone": () => zone,
    ...Object.assign({}, ...enis.map(networkFiles)),
    ...(role === undefined || !state.roles.has(role) || isRoleLate(options, instance)
      ? {}
      : { [`cam/security-credentials/${role}`]: () => credentialFile(credentials, instance.instanceId, role) }),
  };
}

/** How long after its making an instance has no role where it comes late, in ms. */
const roleMs = 90_000;

const isRoleLate = ({ assumptions, now }: MetadataOptions, { createdAt }: Instance) =>
  assumptions["role-in-metadata"] === "after-90-s" && now() - createdAt < roleMs;

function networkFiles(eni: NetworkInterface): Record<string, () => string> {
  const folder = `network/interfaces/macs/${eni.macAddress}`;
  return {
    [`${folder}/mac`]: () => eni.macAddress,
    [`${folder}/primary-local-ipv4`]: () => eni.privateIpAddresses.find(({ primary }) => primary)?.privateIp ?? "",
    [`${folder}/vpc-id`]: () => eni.vpcId,
    [`${folder}/subnet-id`]: () => eni.subnetId,
  };
}

function credentialFile(credentials: Credentials, instanceId: string, role: string): string {
  const { secretId, secretKey, token, expiredTime } = credentials.ofInstance(instanceId, role);
  return JSON.stringify({
    TmpSecretId: secretId,
    TmpSecretKey: secretKey,
    ExpiredTime: expiredTime,
    Expiration: `${new Date(expiredTime * 1000).toISOString().slice(0, 19)}Z`,
    Token: token,
    Code: "Success",
  });
}
