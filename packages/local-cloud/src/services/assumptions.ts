/**
 * What no document settles about the cloud, or what documents say in two ways: each with its readings. The first one is
 * what this project believes, and the default; a rehearsal under another one shows whether the pair survives that
 * belief being wrong.
 */
export const ASSUMPTIONS = {
  "migration-from-free-eni": {
    readings: ["works", "refused"],
    about: "Whether an address may be migrated from an ENI that is attached to nothing, as the parking ENI is.",
    source: "The vendor's scripts only move between instances; the API has UnauthorizedOperation.AttachmentNotFound.",
  },
  "eip-of-migrated-address": {
    readings: ["follows", "stays", "unbound"],
    about:
      "Whether an EIP goes with its migrated address, stays bound to the ENI that it has left, or loses its binding; " +
      "the EIP itself stays the account's.",
    source: "The vendor's first guide binds it once and verifies that it switches, without saying so.",
  },
  "address-ip-filter": {
    readings: ["suffix", "prefix", "exact"],
    about: "What one value of DescribeNetworkInterfaces' filter address-ip matches without ip-exact-match.",
    source: "The API's description calls it fuzzy suffix matching, which can be read in two ways.",
  },
  "interface-address-order": {
    readings: ["primary-first", "primary-last", "any"],
    about:
      "In which order an ENI's or an instance's private addresses are listed; any: another one in each answer, by a " +
      "seeded sequence.",
    source: "Not documented.",
  },
  "describe-vpc-task-result": {
    readings: ["allowed", "denied", "no-such-action"],
    about:
      "Whether a role may call DescribeVpcTaskResult: as vpc:DescribeVpcTaskResult, never, or never and a policy that " +
      "names it is refused as well.",
    source: "The API has the action, no table of CAM's actions has it.",
  },
  "task-result": {
    readings: ["at-once", "after-1-s"],
    about: "From when on DescribeVpcTaskResult knows a task; before, it answers ResourceNotFound.",
    source: "Not documented.",
  },
  "migrating-state": {
    readings: ["shown", "not-shown"],
    about: "Whether an address is shown as MIGRATING while it is; otherwise it looks AVAILABLE on its source.",
    source: "The API names the state, not when it is shown.",
  },
  "cam-propagation": {
    readings: ["at-once", "after-60-s"],
    about: "How long after its attachment a policy lets a role do what it allows.",
    source: "The provider waits 10 s after each CAM write, and not for the propagation.",
  },
  "associate-pending-address": {
    readings: ["busy", "not-found"],
    about:
      "How AssociateAddress refuses a private address that is still being assigned: OperationDenied.MutexTaskRunning, " +
      "or InvalidNetworkInterfaceId.NotFound, which looks final.",
    source: "Not documented.",
  },
  "internal-endpoint": {
    readings: ["there", "absent"],
    about: "Whether the API answers on <service>.internal.tencentcloudapi.com.",
    source: "Tencent's own tools use it, no page of the VPC product offers it.",
  },
  "gratuitous-arp": {
    readings: ["unlimited", "one-a-second"],
    about: "Whether the fabric learns every announcement of an ENI, or at most one a second and drops the others.",
    source: "The vendor's keepalived guide says that gratuitous ARP is rate-limited, not how much.",
  },
  "ha-vip-association": {
    readings: ["at-once", "after-30-s"],
    about:
      "How long after an instance or ENI was associated with a HAVIP the fabric learns its announcements, where " +
      "CheckAssociate is on; the API shows the association at once.",
    source: "Not documented.",
  },
  "user-data": {
    readings: ["byte-for-byte", "as-text"],
    about:
      "How user data reaches the node after base64: as it was given, or as text, in which the bytes of gzip are " +
      "damaged, so that cloud-init cannot unpack it and the node boots bare.",
    source: "The API wants base64 and says no word of gzip, which is a feature of cloud-init.",
  },
  "role-in-metadata": {
    readings: ["at-once", "after-90-s"],
    about: "How long after the instance was made the metadata service has its role's credentials.",
    source: "Not documented; other stacks wait for it in a loop.",
  },
} as const satisfies Record<string, Assumption>;

/** One of them. */
export interface Assumption {
  /** The one that is believed first. */
  readonly readings: readonly [string, string, ...string[]];
  /** What it is about. */
  readonly about: string;
  /** What there is to go by. */
  readonly source: string;
}

/** Their names. */
export type AssumptionName = keyof typeof ASSUMPTIONS;

/** A reading of each. */
export type Assumptions = { readonly [Name in AssumptionName]: (typeof ASSUMPTIONS)[Name]["readings"][number] };

/** What is believed. */
export const believed = Object.fromEntries(
  Object.entries(ASSUMPTIONS).map(([name, { readings }]) => [name, readings[0]]),
) as Assumptions;

/**
 * Reads assumptions as a command line gives them.
 *
 * @param texts - each `name=reading`, such as `eip-of-migrated-address=stays`
 * @throws Error which names those that there are
 */
export function parseAssumptions(texts: readonly string[]): Partial<Assumptions> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = "", reading = ""] = text.split("=", 2);
      if (!Object.hasOwn(ASSUMPTIONS, name)) {
        throw new Error(`an assumption must be one of ${Object.keys(ASSUMPTIONS).join(", ")}, got '${name}'`);
      }
      const { readings } = ASSUMPTIONS[name as AssumptionName];
      if (!readings.some((known) => known === reading)) {
        throw new Error(`the assumption ${name} must be one of ${readings.join(", ")}, got '${reading}'`);
      }
      return [name, reading];
    }),
  );
}
