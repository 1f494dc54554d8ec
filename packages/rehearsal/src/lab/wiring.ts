import type { ChildProcess } from "node:child_process";
import type { LocalCloud } from "local-cloud";
import { sleep } from "../machine/process.ts";
import type { Timeline } from "../report/timeline.ts";
import type { StackModel } from "../stack/stack.ts";
import type { Fabric } from "../network/fabric.ts";
import type { Port } from "../network/host-namespace.ts";
import { watchWire } from "../network/wire.ts";

/** What is wired up. */
export interface WiringOptions {
  readonly cloud: LocalCloud;
  readonly fabric: Fabric;
  readonly stack: StackModel;
  /** The nodes' ports by the ids of their network interfaces. */
  readonly ports: ReadonlyMap<string, Port>;
  readonly timeline: Timeline;
  /** What an instance is called here. */
  readonly nameOf: (instanceId: string | undefined) => string | undefined;
  /** How long the fabric takes to believe a gratuitous ARP. */
  readonly arpDelayMs: () => number;
  /** Told of each VRRP advert of a priority other than 0. */
  readonly onAdvert: (port: Port) => void;
}

/**
 * Lets the fabric follow the cloud, and the cloud's HAVIP the gratuitous ARP; notes all that both do.
 *
 * @returns the process that watches the wire
 */
export async function wireUp(options: WiringOptions): Promise<ChildProcess> {
  const { cloud, fabric, stack, ports, timeline, nameOf, arpDelayMs, onAdvert } = options;
  for (const { eip, vip } of stack.addresses) if (eip?.bound) await fabric.bindPublicAddress(eip.addressIp, vip);
  cloud.on("holder", ({ vip, instanceId, networkInterfaceId }) => {
    const port = networkInterfaceId === undefined ? undefined : ports.get(networkInterfaceId);
    const holder = nameOf(instanceId) ?? networkInterfaceId ?? null;
    const detail = vip === stack.vip ? { holder } : {};
    timeline.note("cloud", "holder", `${vip} is on ${holder ?? "no interface"}`, Date.now(), detail);
    const move = port === undefined ? fabric.unassign(vip) : fabric.assign(vip, port);
    move.then(() => timeline.note("fabric", "fabric", `sends ${vip} to ${port?.namespace ?? "nobody"}`), fail);
  });
  cloud.on("eip", ({ addressIp, privateIp }) => {
    timeline.note("cloud", "eip", `${addressIp} is bound to ${privateIp ?? "nothing"}`);
    fabric.bindPublicAddress(addressIp, privateIp).catch(fail);
  });
  cloud.on("call", ({ action, instanceId, code, ms }) => {
    const call = { from: nameOf(instanceId) ?? "the account's owner", action, code, ms };
    timeline.note("cloud", "call", `${action} from ${call.from}: ${code}`, Date.now(), { call });
  });
  cloud.on("task", (task) => {
    timeline.note("cloud", "task", `${task.action}: ${task.status}`, Date.now(), { task: { ...task } });
  });
  return watchWire(async (event) => {
    const [eni, port] = [...ports].find(([, candidate]) => candidate.name === event.port) ?? [];
    if (eni === undefined || port === undefined) return;
    if (event.kind === "advert") {
      if (event.priority > 0) onAdvert(port);
      else timeline.note(port.namespace, "keepalived", "resigns: an advert of priority 0");
    } else {
      // The cloud knows which HAVIPs there are: a deploy may have added one since the lab was started.
      await sleep(arpDelayMs());
      cloud.learn({ vip: event.address, networkInterfaceId: eni });
    }
  });
}

function fail(error: Error): never {
  console.error(`the fabric could not follow the cloud: ${error.message}`);
  process.exit(1);
}
