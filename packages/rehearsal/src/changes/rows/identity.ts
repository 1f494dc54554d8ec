import { type Change, DEPLOY, REFUSED_BY_TERRAFORM } from "../change.ts";

const NEW_PAIR = "a new pair beside this one";

/** A change that would make other machines of the nodes: Terraform's plan itself refuses it. */
function refused(
  change: Pick<Change, "name" | "what" | "settings"> & Pick<Partial<Change>, "mechanism">,
  setting: string,
): Change {
  return {
    ...change,
    planSays: REFUSED_BY_TERRAFORM,
    actions: [DEPLOY],
    refusedWith: new RegExp(`'${setting}' is \\S+ as deployed and cannot become \\S+: `),
    instead: NEW_PAIR,
  };
}

/** What the nodes were told at their first boot, and what would make other machines of them. */
export const IDENTITY: readonly Change[] = [
  refused({ name: "vip-changed", what: "another VIP", settings: { vip: "10.0.1.200" } }, "vip"),
  refused(
    {
      name: "parking-ip-changed",
      what: "another parking address",
      settings: { parkingIp: "10.0.1.201" },
      mechanism: "secondary-private-ip",
    },
    "parkingIp",
  ),
  refused(
    {
      name: "mechanism-to-private-ip",
      what: "a secondary private IP instead of the HAVIP",
      settings: { mechanism: "secondary-private-ip" },
      mechanism: "havip",
    },
    "mechanism",
  ),
  refused(
    {
      name: "mechanism-to-havip",
      what: "a HAVIP instead of the secondary private IP",
      settings: { mechanism: "havip" },
      mechanism: "secondary-private-ip",
    },
    "mechanism",
  ),
  refused({ name: "renamed", what: "another name, with a shared backend", settings: { name: "web-other" } }, "name"),
  {
    name: "renamed-local",
    what: "another name, with a local backend",
    settings: { name: "web-other" },
    plan: (pair, settings) => pair.planWithStateByName(settings),
    planSays: "half-done, refused",
    actions: [{ kind: "check" }],
    refusedWith: /makes a second pair and forgets the first/,
    instead: "`name` as it was",
  },
  refused(
    { name: "zone-changed", what: "another zone", settings: { network: { availabilityZone: "ap-singapore-2" } } },
    "availabilityZone",
  ),
  refused(
    {
      name: "subnet-range-changed",
      what: "another range of the subnet",
      settings: { network: { subnetCidrBlock: "10.0.1.0/25" } },
    },
    "subnetCidrBlock",
  ),
  refused(
    {
      name: "placement-group-changed",
      what: "another type of the placement group",
      settings: { placementGroup: { type: "RACK" } },
    },
    "placementGroup",
  ),
  refused(
    {
      name: "private-address-changed",
      what: "another private address of a node",
      settings: { primary: { privateIp: "10.0.1.21" } },
    },
    "primary.privateIp",
  ),
];
