import type { LocalCloud } from "local-cloud";
import type { Fabric } from "../network/fabric.ts";
import type { Port } from "../network/host-namespace.ts";
import type { Node } from "../nodes/node.ts";
import type { Timeline } from "../report/timeline.ts";

/** What a new instance is taken into. */
interface Surroundings {
  readonly cloud: LocalCloud;
  readonly fabric: Fabric;
  readonly nodes: readonly Node[];
  /** The nodes' ports by the ids of their network interfaces. */
  readonly ports: Map<string, Port>;
  readonly timeline: Timeline;
}

/**
 * Lets a new instance take the place of the node whose private address it has: with an interface of its own, an empty disk
 * and its own user data. It is not switched on yet.
 *
 * @returns the node, or undefined where no node has its address
 */
export async function takeIn(
  { cloud, fabric, nodes, ports, timeline }: Surroundings,
  instanceId: string,
): Promise<Node | undefined> {
  const { instances, networkInterfaces } = cloud.state;
  const instance = instances.get(instanceId);
  const eni = instance && networkInterfaces.get(instance.networkInterfaceId);
  const node = nodes.find(({ stackNode }) => stackNode.privateIp === instance?.privateIp);
  if (instance === undefined || eni === undefined || node === undefined) return undefined;
  if (node.isUp) await node.crash();
  for (const [id, { name }] of ports) if (name === node.port.name) ports.delete(id);
  const port = await fabric.replaceInterface(node.port, eni.macAddress.toLowerCase());
  ports.set(eni.networkInterfaceId, port);
  // The cloud gave the new interface its addresses before the fabric knew it, and took them from the old one.
  for (const { privateIp } of eni.privateIpAddresses) await fabric.assign(privateIp, port);
  const { instanceName } = instance;
  const userData = Buffer.from(instance.userData, "base64");
  await node.becomeInstance({ ...node.stackNode, instanceId, instanceName, userData }, port);
  timeline.note(node.role, "power", `is ${instanceId} now, a new instance`);
  return node;
}
