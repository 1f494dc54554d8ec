import { malformed, resourceNotFound } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { Core } from "../../core.ts";
import type { NetworkInterface } from "./state.ts";

/**
 * @param parameter - the name that the errors give
 * @throws CloudError `InvalidParameterValue.Malformed` or `ResourceNotFound`
 */
export function getEni({ state }: Core, parameter: string, id: string): NetworkInterface {
  if (!isId("eni", id)) throw malformed(parameter, id);
  const eni = state.networkInterfaces.get(id);
  if (!eni) throw resourceNotFound(parameter, id);
  return eni;
}
