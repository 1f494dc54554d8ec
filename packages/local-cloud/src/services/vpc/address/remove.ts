import type { Core } from "../../core.ts";
import { dropTags } from "../../tag/tags.ts";

/** An EIP goes that is bound to nothing. */
export function removeAddress({ state }: Core, addressId: string): void {
  state.addresses.delete(addressId);
  dropTags(state, "vpc:eip", addressId);
}
