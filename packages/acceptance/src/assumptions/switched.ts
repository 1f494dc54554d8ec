import { callsOf, type Claim, confirmed, contradicted, notSeen, REFUSED_BY_CAM } from "./claim.ts";
import type { Observations } from "../measure/observations.ts";

const OTHER_MECHANISM = notSeen("the other mechanism has nothing to do with it");

/** How early a first look at the metadata service tells something, in s: the other reading is 90 s. */
const EARLY_S = 60;

/** The assumptions that the local cloud has a switch for. */
export const SWITCHED: readonly Claim[] = [
  {
    name: "migration-from-free-eni",
    believed: "an address may be migrated from an ENI that is attached to nothing, as the parking ENI is",
    judge: (seen) => {
      if (seen.mechanism === "havip") return OTHER_MECHANISM;
      const refused = [...callsOf(seen).keys()].find((call) => /^MigratePrivateIpAddress .*Attachment/.test(call));
      if (refused !== undefined) return contradicted(refused);
      const first = movesOf(seen).find(({ from, calls }) => from === "parked" && calls.some(isMigration));
      return first === undefined
        ? notSeen("no receipt of a move from the parking ENI")
        : confirmed(`${first.time}: ${first.calls.join(", ")}`);
    },
  },
  {
    name: "eip-of-migrated-address",
    believed: "an EIP goes with its migrated address",
    judge: (seen) => {
      if (seen.mechanism === "havip") return OTHER_MECHANISM;
      const migrations = movesOf(seen).filter(({ calls }) => calls.some(isMigration));
      const rebound = migrations.find(({ calls }) => calls.some((call) => call.startsWith("AssociateAddress ")));
      if (rebound !== undefined) return contradicted(`pairctl bound it again: ${rebound.calls.join(", ")}`);
      if (migrations.length === 0) return notSeen("no receipt of a migration");
      return confirmed(`${migrations.length} migrations, and no node had to bind it again`);
    },
  },
  {
    name: "address-ip-filter",
    believed: "one value of the filter `address-ip` matches more than that address",
    judge: ({ filterFinds }) => {
      if (filterFinds === undefined) return notSeen("it was not asked");
      const { suffix, exact, vip } = filterFinds;
      if (!exact.includes(vip)) return notSeen(`even ${vip} itself was not found`);
      return suffix.includes(vip)
        ? confirmed(`an end of ${vip} found ${suffix.join(", ")}`)
        : contradicted(`an end of ${vip} did not find it`);
    },
  },
  {
    name: "interface-address-order",
    believed: "an ENI's primary address is listed first",
    judge: ({ primaryFirst }) => {
      if (primaryFirst.length === 0) return notSeen("no ENI with several addresses was listed");
      const others = primaryFirst.filter((isFirst) => !isFirst).length;
      if (others > 0) return contradicted(`not first in ${others} of ${primaryFirst.length} answers`);
      return confirmed(`first in ${primaryFirst.length} of ${primaryFirst.length} answers`);
    },
  },
  {
    name: "describe-vpc-task-result",
    believed: "a policy may name vpc:DescribeVpcTaskResult",
    judge: (seen) => {
      // The pair's policy does not name it: that CAM refuses the policy says nothing of it.
      const answers = answersTo(seen, "DescribeVpcTaskResult");
      const refused = answers.find((code) => code.startsWith("UnauthorizedOperation"));
      if (refused !== undefined) return contradicted(`a node was refused: ${refused}`);
      return answers.includes("OK") ? confirmed("a node's calls were answered") : notSeen("no node has called it");
    },
  },
  {
    name: "task-result",
    believed: "a task can be asked for at once",
    judge: (seen) => {
      const answers = answersTo(seen, "DescribeVpcTaskResult");
      const unknown = answers.find((code) => code.startsWith("ResourceNotFound"));
      if (unknown !== undefined) return contradicted(`a node was answered ${unknown}`);
      return answers.includes("OK") ? confirmed("no task was unknown to it") : notSeen("no node has asked for a task");
    },
  },
  {
    name: "migrating-state",
    believed: "an address that is moving is shown as MIGRATING",
    judge: ({ samples }) =>
      samples.some(({ state }) => state === "MIGRATING")
        ? confirmed("it was shown during a move")
        : notSeen("it was not shown; a move may be shorter than the time between two looks"),
  },
  {
    name: "cam-propagation",
    believed: "a policy works once it is attached",
    judge: (seen) => {
      const needed = [...callsOf(seen).keys()].filter((call) => !call.startsWith("DescribeVpcTaskResult "));
      const refused = needed.filter((call) => REFUSED_BY_CAM.test(call));
      if (refused.length > 0 && seen.wasWell) return contradicted(`refused at first: ${refused.join(", ")}`);
      return seen.wasWell && needed.length > 0 && refused.length === 0
        ? confirmed("no call of a node was refused for a lack of permission")
        : notSeen("no node came to call the API with success");
    },
  },
  {
    name: "associate-pending-address",
    believed: "an EIP cannot be bound to an address that is still being assigned, and the refusal is one that passes",
    judge: () => notSeen("the run assigns no address of its own"),
  },
  {
    name: "internal-endpoint",
    believed: "the API answers on vpc.internal.tencentcloudapi.com inside a VPC",
    judge: ({ nodes }) => {
      const answers = nodes.map(({ internalEndpoint }) => internalEndpoint);
      if (answers.length === 0) return notSeen("no node could be asked");
      const errors = answers.filter((answer) => !/^\d{3}$/.test(answer));
      return errors.length === 0
        ? confirmed(`HTTP status ${answers.join(", ")}`)
        : contradicted(`a node does not reach it: ${errors.join(", ")}`);
    },
  },
  {
    name: "gratuitous-arp",
    believed: "the fabric learns each announcement",
    judge: () => notSeen("the run does not count announcements"),
  },
  {
    name: "ha-vip-association",
    believed: "the fabric learns the announcements of an instance once it is associated with the HAVIP",
    judge: () => notSeen("the nodes announce it long after they were associated"),
  },
  {
    name: "user-data",
    believed: "gzipped user data reaches cloud-init untouched",
    judge: ({ nodes }) => {
      if (nodes.length === 0) return notSeen("no node could be asked");
      if (nodes.every(({ isSetUp }) => isSetUp)) return confirmed("both nodes were set up by it");
      const damaged = nodes.find(({ userDataBegins }) => /^1fef/.test(userDataBegins));
      if (damaged !== undefined) return contradicted(`gzip's first bytes arrive as ${damaged.userDataBegins}`);
      return notSeen("a node is not set up, for another reason");
    },
  },
  {
    name: "role-in-metadata",
    believed: "the metadata service has the role's credentials when a node is up",
    judge: ({ metadata }) => {
      const late = metadata.find(({ hasCredentials }) => !hasCredentials);
      if (late !== undefined) return contradicted(`not there ${late.uptimeS} s after the boot`);
      const early = metadata.find(({ uptimeS }) => uptimeS < EARLY_S);
      return early === undefined
        ? notSeen("no node could be asked within a minute of its boot")
        : confirmed(`there ${early.uptimeS} s after the boot`);
    },
  },
];

const movesOf = ({ nodes }: Observations) => nodes.flatMap(({ moves }) => moves);

const isMigration = (call: string) => call === "MigratePrivateIpAddress OK";

/** The codes that an action was answered with. */
function answersTo(seen: Observations, action: string): string[] {
  return [...callsOf(seen).keys()]
    .filter((call) => call.startsWith(`${action} `))
    .map((call) => call.split(" ")[1] ?? "");
}
