import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Mechanism, MECHANISMS } from "pairctl/contract";

/** What the command line asks for. */
export interface AcceptanceOptions {
  /** Such as `ap-singapore`. */
  readonly region: string;
  readonly mechanism: Mechanism;
  /** Of the nodes, such as `S5.MEDIUM2`. */
  readonly instanceType: string;
  /** The folder in which this run keeps its Terraform state and its report. */
  readonly folder: string;
  /** Who may reach the nodes' test server: an address or a CIDR block. */
  readonly from: string;
  /** What the prober is run through, such as `ssh host`; empty: it runs on this machine. */
  readonly probeThrough: readonly string[];
  /** Go on without asking. */
  readonly yes: boolean;
  /** Only destroy what an earlier run has left. */
  readonly destroy: boolean;
}

/** The command line cannot be understood; the message says how it should be. */
export class UsageError extends Error {}

/** How the command is used. */
export const USAGE = `usage: npm run acceptance -- --region R --mechanism M [options]
Deploys a small pair of its own to the real cloud, fails it over, writes down what the cloud did, and destroys it.
  --region R         where, such as ap-singapore
  --mechanism M      ${MECHANISMS.join(" or ")}
  --instance-type T  of the two nodes (default: S5.MEDIUM2)
  --folder F         of the run's state and report (default: .acceptance/<region>-<mechanism>)
  --from CIDR        who may connect to the nodes' test server, port 7008 (default: 0.0.0.0/0)
  --probe-through C  measures from a third machine: what the prober is run through, such as 'ssh user@host'
  --yes              goes on without asking
  --destroy          only destroys what an earlier run has left
  --help             this text

The key comes from TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY (and TENCENTCLOUD_SECURITY_TOKEN), or from a profile
of tccli. What it must be allowed: npm run show:deployer-policy -- --for acceptance
exit status: 0 all faults passed, nothing contradicted, nothing left; 1 not so; 2 it cannot start; 130 interrupted`;

/**
 * Reads the command line.
 *
 * @returns undefined where only the usage is asked for
 * @throws UsageError which names the option, shows the value and says what it must be
 */
export function parseAcceptanceOptions(args: string[]): AcceptanceOptions | undefined {
  const given = parse(args);
  if (given.help) return undefined;
  const region = given.region ?? "";
  if (!/^[a-z]{2,}(-[a-z0-9]+)+$/.test(region)) {
    throw new UsageError(`--region must be a region such as ap-singapore, got '${region}'`);
  }
  const mechanism = MECHANISMS.find((name) => name === given.mechanism);
  if (mechanism === undefined) {
    throw new UsageError(`--mechanism must be one of ${MECHANISMS.join(", ")}, got '${given.mechanism ?? ""}'`);
  }
  const [address = "", length = "32", ...more] = given.from.split("/");
  if (isIP(address) !== 4 || !/^\d\d?$/.test(length) || Number(length) > 32 || more.length > 0) {
    throw new UsageError(`--from must be an IPv4 address or a CIDR block such as 203.0.113.7, got '${given.from}'`);
  }
  return {
    region,
    mechanism,
    instanceType: given["instance-type"],
    folder: resolve(given.folder ?? join(".acceptance", `${region}-${mechanism}`)),
    from: given.from,
    probeThrough: (given["probe-through"] ?? "").split(/\s+/).filter((word) => word !== ""),
    yes: given.yes,
    destroy: given.destroy,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        region: { type: "string" },
        mechanism: { type: "string" },
        "instance-type": { type: "string", default: "S5.MEDIUM2" },
        folder: { type: "string" },
        from: { type: "string", default: "0.0.0.0/0" },
        "probe-through": { type: "string" },
        yes: { type: "boolean", default: false },
        destroy: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
