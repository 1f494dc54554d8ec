import { dropTags } from "../../tag/index.ts";
import type { Core } from "../state.ts";

/** An EIP goes that is bound to nothing. */
export function removeAddress({ state }: Core, addressId: string): void {
  state.addresses.delete(addressId);
  dropTags(state, "vpc:eip", addressId);
}
