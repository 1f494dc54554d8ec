import { malformed, resourceNotFound } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { Core } from "../state.ts";
import type { HaVip } from "./state.ts";

/** @throws CloudError `InvalidParameterValue.Malformed` or `ResourceNotFound` */
export function getHaVip({ state }: Core, id: string): HaVip {
  if (!isId("havip", id)) throw malformed("HaVipId", id);
  const haVip = state.haVips.get(id);
  if (!haVip) throw resourceNotFound("HaVipId", id);
  return haVip;
}
