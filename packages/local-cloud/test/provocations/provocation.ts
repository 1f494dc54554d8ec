import type { InstanceOptions } from "../../src/services/cvm/index.ts";
import type { LocalCloud } from "../../src/index.ts";
import { type Answer, call, type Key, rootKey } from "../support/client.ts";
import { PuppetAgents } from "../support/agents.ts";
import { startPair } from "../support/pair.ts";
import { versions } from "../support/provisioning.ts";

/** The body of a request that is refused; or what is done before in a cloud of its own, and ends in that body. */
export type Provocation = object | ((world: World) => object | Promise<object>);

/** One request for each error code that an action answers here, by `<service>:<Action>` and code. */
export type Provocations = Readonly<Record<`${string}:${string}`, Readonly<Record<string, Provocation>>>>;

/** So little that a request or two reach it. */
const quotas = {
  ...{ vpcs: 2, subnetsPerVpc: 3, addresses: 3, securityGroups: 3, rulesPerSecurityGroup: 2, haVipsPerVpc: 2 },
  ...{ privateIpsPerNetworkInterface: 5, placementGroups: 2, instancesPerPlacementGroup: 1 },
};

/** Long enough that what is begun in a test is not over when it ends. */
const taskMs = 3_600_000;

/**
 * A cloud with a pair in it (see `startPair`) and what the requests need besides: a second VPC, a key pair, a security
 * group, a placement group with an instance in it.
 */
export class World implements AsyncDisposable {
  readonly agents = new PuppetAgents();
  #key: Key = rootKey;
  #instances = 0;

  private constructor(readonly cloud: LocalCloud) {}

  static async start(): Promise<World> {
    const world = new World(await startPair({ quotas, taskMs }));
    const { cloud, agents } = world;
    const zone = "ap-singapore-1";
    cloud.plugInAgents(agents);
    cloud.seed.vpc({ vpcId: "vpc-22222222", cidrBlock: "10.1.0.0/16" });
    cloud.seed.subnet({ subnetId: "subnet-33333333", vpcId: "vpc-22222222", cidrBlock: "10.1.1.0/24", zone });
    cloud.seed.keyPair({ keyId: "skey-11111111", keyName: "one", publicKey: "ssh-ed25519 AAAA" });
    cloud.seed.soldOut({ zone, instanceType: "S5.LARGE8" });
    return world;
  }

  /** Calls as whoever calls now. */
  async ask(operation: string, body: object = {}): Promise<Answer> {
    const [service = "", action = ""] = operation.split(":");
    return call(this.cloud, { key: this.#key, service, action, body, version: versions[service] ?? "2017-03-12" });
  }

  /** From now on a node of the pair calls, whose role may read and migrate only. */
  async becomeNode(): Promise<void> {
    const url = `${this.cloud.metadataUrl("ins-aaaaaaaa")}/latest/meta-data/cam/security-credentials/pair-hook`;
    const { TmpSecretId, TmpSecretKey, Token } = (await (await fetch(url)).json()) as Record<string, string>;
    this.#key = { secretId: TmpSecretId ?? "", secretKey: TmpSecretKey ?? "", token: Token ?? "" };
  }

  /** A further instance. */
  instance(options: Partial<InstanceOptions> = {}): string {
    this.#instances += 1;
    const where = { subnetId: "subnet-11111111", privateIp: `10.0.1.${20 + this.#instances}` };
    return this.cloud.seed.instance({ ...where, ...options }).instanceId;
  }

  /** A security group, made by a call. */
  async securityGroup(): Promise<string> {
    const { SecurityGroup } = await this.ask("vpc:CreateSecurityGroup", { GroupName: "g", GroupDescription: "g" });
    return SecurityGroup.SecurityGroupId;
  }

  /** A placement group, made by a call. */
  async placementGroup(): Promise<string> {
    const group = await this.ask("cvm:CreateDisasterRecoverGroup", { Name: "p", Type: "SW" });
    return group.DisasterRecoverGroupId;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.cloud.stop();
  }
}

/** As many as `count` ids that are written as the cloud writes them. */
export const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(8, "0")}`);

/** A filter as Describe actions take them. */
export const filter = (Name: string, ...Values: string[]) => ({ Filters: [{ Name, Values }] });

/** A filter that no action has. */
export const noFilter = filter("no-such-filter", "x");

/** More text than any name may have. */
export const tooLong = "x".repeat(200);

/** Tags in the form of most APIs. */
export const tags = (...pairs: [Key: string, Value: string][]) => ({
  Tags: pairs.map(([Key, Value]) => ({ Key, Value })),
});

/** More tags than a resource may have. */
export const tooManyTags = tags(...Array.from({ length: 51 }, (_, index): [string, string] => [`k${index}`, "v"]));
