import type { Problem } from "../../cloud/problem.ts";
import type { Verdict } from "../../protocol/outcome.ts";
import { type Run, write } from "../../protocol/run.ts";
import type { InterfaceObservation } from "./observe.ts";

/** How the cloud may refuse to migrate an address from an interface that is attached to nothing: nothing documents it. */
const CANNOT_MIGRATE = /AttachmentNotFound|^UnsupportedOperation$/;

/**
 * Begins to move the address to an interface of the pair: the cloud does it in a task, whose end the next looks at the
 * address show. Where an address cannot be migrated from an interface that is attached to nothing, it is taken off there:
 * once no interface has it, it can be assigned, by whoever is to have it then.
 *
 * @returns nothing: look again; or how the run ends, where it only plans
 * @throws {Problem} `VRRP` if keepalived's state has changed, or what goes wrong with the call
 */
export async function move(
  run: Run,
  { holder, holderId, isFree }: InterfaceObservation,
  to: string,
): Promise<Verdict | undefined> {
  const { vip } = run.address;
  const PrivateIpAddresses = [{ PrivateIpAddress: vip }];
  const answer =
    holder === "none"
      ? await write(run, "AssignPrivateIpAddresses", { NetworkInterfaceId: to, PrivateIpAddresses })
      : await write(run, "MigratePrivateIpAddress", {
          SourceNetworkInterfaceId: holderId,
          DestinationNetworkInterfaceId: to,
          PrivateIpAddress: vip,
        }).catch((error: Problem) => {
          // Without an answer it may have been carried out.
          if (error.code !== "NetworkError") run.task = { movedFrom: holderId, begunAt: -Infinity, seen: "there" };
          if (!isFree || !CANNOT_MIGRATE.test(error.code)) throw error;
          return write(run, "UnassignPrivateIpAddresses", { NetworkInterfaceId: holderId, PrivateIpAddresses });
        });
  if (!answer) return "planned";
  run.task = { movedFrom: holderId, begunAt: run.host.clock() };
  return undefined;
}
