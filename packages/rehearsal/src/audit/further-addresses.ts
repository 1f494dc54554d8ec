import type { Lab } from "../lab/lab.ts";
import { run } from "../machine/process.ts";
import type { Role } from "../report/run-record.ts";
import { eipProblem } from "./observation.ts";

/**
 * What speaks against a pair's further addresses being where the first one is: on the node that serves and no other, in
 * the eyes of the cloud too, with their EIPs. Whether the client reaches them is seen with the first one.
 *
 * @returns one line each; none for a pair of one address
 */
export async function furtherAddressProblems(lab: Lab, serving: Role): Promise<string[]> {
  const [, ...further] = lab.stack.addresses;
  if (further.length === 0) return [];
  const nodes = await Promise.all(
    lab.nodes.map(async ({ role, isUp, port }) => {
      return { role, addresses: isUp ? await run("ip", ["-n", port.namespace, "-o", "-4", "address"]) : "" };
    }),
  );
  return further.flatMap((address) => {
    const { vip } = address;
    const having = nodes.filter(({ addresses }) => addresses.includes(` ${vip}/`)).map(({ role }) => role);
    const holder = lab.holderOf(vip);
    const problems: string[] = [];
    if (having.join() !== serving)
      problems.push(`${vip} must be on the ${serving} only, it is on ${having.join(" and ") || "nobody"}`);
    if (holder !== serving)
      problems.push(`the cloud must say that the ${serving} has ${vip}, it says ${holder ?? "nobody"}`);
    const eip = eipProblem(lab, address);
    return eip === undefined ? problems : [...problems, eip];
  });
}
