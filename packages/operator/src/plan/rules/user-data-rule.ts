import type { AttributeChange } from "../changes.ts";
import { DO_IT } from "../commands.ts";
import { deliveryOf } from "../user-data/delivery.ts";
import { unpackUserData } from "../../user-data/unpack.ts";
import { diffUserData } from "../user-data/user-data-diff.ts";
import type { Judgement } from "./rule.ts";

const NOT_DELIVERED = "the cloud keeps it for a first boot, so no node that runs gets any of it";

/** What a change of the user data does: nothing by itself, whatever is in it. */
export function userDataRule({ before, after, isUnknown }: AttributeChange): Judgement {
  if (isUnknown) {
    return rolling(`${NOT_DELIVERED}; what it will be is known only when the plan is applied`, DO_IT.roll);
  }
  const [was, is] = [unpackUserData(before), unpackUserData(after)];
  if (was === undefined || is === undefined) return rolling(NOT_DELIVERED, DO_IT.roll);
  const { onRunningNodes, firstBootOnly, mustNotDiffer } = deliveryOf(was, is, diffUserData(was, is));
  const deaf =
    mustNotDiffer.length === 0
      ? ""
      : `; nodes that differ in ${mustNotDiffer.join(" and ")} do not hear each other, and both are MASTER meanwhile: ` +
        "stop keepalived on the standby before the first one gets it";
  const bootOnly = onRunningNodes ? "" : `; only a new node gets ${firstBootOnly.join(" and ")}`;
  return rolling(`${NOT_DELIVERED}${bootOnly}${deaf}`, onRunningNodes ? DO_IT.push : DO_IT.roll);
}

function rolling(reason: string, command: string): Judgement {
  return { verdict: "rolling", reason, remedy: `after the deploy, ${command}` };
}
