import { NODE_PATHS } from "pairctl/contract";
import { inStack, replacing } from "../change.ts";
import type { StackModel } from "../../stack/stack.ts";
import type { VirtualAddress } from "../../stack/virtual-address.ts";
import { inNodeFile } from "../user-data.ts";
import type { Variant } from "../variant.ts";

const part = "cloud";

/** The role's policy without an action. */
function withoutAction(action: string) {
  return inStack(`the policy's ${action}`, (stack) => {
    const { role } = stack;
    if (role === undefined) return stack;
    const policies = role.policies.map((policy) => policy.replace(`"${action}"`, '"vpc:DescribeVpcs"'));
    return { ...stack, role: { ...role, policies } };
  });
}

/** The pair's addresses, each changed. */
function withAddresses(stack: StackModel, change: (address: VirtualAddress) => VirtualAddress): StackModel {
  const [first, ...others] = stack.addresses;
  return { ...stack, ...change(first), addresses: [change(first), ...others.map(change)] };
}

const withoutEip = inStack("the EIP's binding", (stack) =>
  withAddresses(stack, (address) => ({ ...address, eip: address.eip && { ...address.eip, bound: false } })),
);

/** What the stack puts into the cloud beside the nodes. */
export const cloudVariants: readonly Variant[] = [
  {
    name: "policy-without-migration",
    part,
    breaks: "the policy does not allow MigratePrivateIpAddress",
    mechanism: "secondary-private-ip",
    changes: [withoutAction("vpc:MigratePrivateIpAddress")],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /MASTER holder: parked/ },
  },
  {
    name: "policy-without-look",
    part,
    breaks: "the policy does not allow DescribeHaVips",
    mechanism: "havip",
    changes: [withoutAction("vpc:DescribeHaVips")],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /DescribeHaVips: \S*UnauthorizedOperation/ },
  },
  {
    name: "one-association",
    part,
    breaks: "the secondary may not take the HAVIP",
    mechanism: "havip",
    changes: [
      inStack("the HAVIP's associations", (stack) =>
        withAddresses(stack, ({ haVip, ...address }) => ({
          ...address,
          haVip: haVip && { ...haVip, associated: haVip.associated.slice(0, 1) },
        })),
      ),
    ],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /is not associated with/ },
  },
  {
    name: "havip-without-eip",
    part,
    breaks: "the HAVIP has no EIP",
    mechanism: "havip",
    changes: [withoutEip],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /has no EIP: bind/ },
  },
  {
    name: "address-without-eip",
    part,
    breaks: "the address has no EIP, and pairctl is told of none",
    mechanism: "secondary-private-ip",
    changes: [withoutEip, inNodeFile(NODE_PATHS.settings, replacing(/,"eipId":"[^"]*"/, ""))],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /the EIP must be bound to/ },
  },
];
