import type { RequestListener } from "node:http";
import { type CloudEvents, Events } from "./engine/events.ts";
import { Faults } from "./engine/faults.ts";
import { randomNumbers } from "./engine/random.ts";
import { Tasks } from "./engine/tasks.ts";
import { ActionTable } from "./http/action-table.ts";
import { adminListener, type AdminOptions, adminPath } from "./http/admin.ts";
import { apiListener } from "./http/api-server.ts";
import { type CredentialOptions, Credentials } from "./http/credentials.ts";
import { Listener, type ListenOptions } from "./http/listener.ts";
import { metadataListener } from "./http/metadata.ts";
import { Seed } from "./seed.ts";
import { type Assumptions, believed } from "./services/assumptions.ts";
import type { AutomationAgents } from "./services/automation.ts";
import { actions } from "./services/index.ts";
import type { Machines } from "./services/machines.ts";
import { defaultQuotas, type Quotas } from "./services/quotas.ts";
import { type Core, emptyState, type ReadonlyState, type State } from "./services/state.ts";
import { type Holder, holderOf, instanceWith, learn } from "./services/vpc/index.ts";
import { restore, type Snapshot, takeSnapshot } from "./snapshot.ts";

/** How a LocalCloud is started. */
export interface LocalCloudOptions {
  /** The only region there is, e.g. `ap-singapore`. */
  readonly region: string;
  /** How long an asynchronous task runs before it commits, in ms. @default 200 */
  readonly taskMs?: number;
  /** Where the API listens. @default - 127.0.0.1, any free port, plain HTTP */
  readonly api?: readonly ListenOptions[];
  /** Where the metadata service listens. @default - 127.0.0.1, any free port */
  readonly metadata?: Pick<ListenOptions, "host" | "port">;
  /** The id of the instance that asks the metadata service. @default - the one whose ENI has that address */
  readonly instanceOf?: (remoteAddress: string) => string | undefined;
  readonly credentials?: CredentialOptions;
  /** @default - those of a new account, e.g. 30 addresses on an ENI and 10 HAVIPs in a VPC */
  readonly quotas?: Partial<Quotas>;
  /** Other readings of what no document settles, by name. @default - what this project believes */
  readonly assumptions?: Partial<Assumptions>;
  /** Of what the cloud does in any order. @default 1 */
  readonly randomSeed?: number;
  /** Unix time in ms. @default Date.now */
  readonly now?: () => number;
  /** Gets a line for every call that is refused because nothing here implements it, or a parameter of it. @default - written to stderr */
  readonly log?: (line: string) => void;
  /** What it knows from the start, from `snapshot()` of another one of the same region. @default - nothing */
  readonly snapshot?: Snapshot;
  /** Whether the API's port also has a page to look at and an API for faults, under `/_local/`. @default false */
  readonly admin?: boolean;
}

const loopback = { host: "127.0.0.1", port: 0 };

/** A Tencent Cloud of one region and one account, in this process. */
export class LocalCloud implements AsyncDisposable {
  readonly region: string;
  /** To read; it changes under the reader's eyes. */
  readonly state: ReadonlyState;
  readonly seed: Seed;
  readonly faults: Faults<State>;
  /** Where the API listens: scheme, host and port. */
  readonly apiUrls: readonly string[];
  readonly #core: Core;
  readonly #credentials: Credentials;
  readonly #listeners: readonly Listener[];
  readonly #metadataUrl: string;

  private constructor(
    region: string,
    core: Core,
    credentials: Credentials,
    faults: Faults<State>,
    api: readonly Listener[],
    metadata: Listener,
  ) {
    this.region = region;
    this.state = core.state;
    this.seed = new Seed(core, credentials);
    this.faults = faults;
    this.apiUrls = api.map(({ url }) => url);
    this.#core = core;
    this.#credentials = credentials;
    this.#listeners = [...api, metadata];
    this.#metadataUrl = metadata.url;
  }

  /** Is otherwise from now on in what no document settles: what is not given is as this project believes. */
  assume(assumptions: Partial<Assumptions>): void {
    Object.assign(this.#core.assumptions, believed, assumptions);
  }

  /**
   * @throws the system's error if an address to listen on cannot be had; then it listens on none
   * @throws SnapshotError if the snapshot does not fit
   */
  static async start(options: LocalCloudOptions): Promise<LocalCloud> {
    const { region, taskMs = 200, api = [loopback], metadata = loopback, now = Date.now, quotas } = options;
    const state = emptyState();
    if (options.snapshot) restore(state, region, options.snapshot);
    const faults = new Faults(state, now);
    const events = new Events();
    const core: Core = {
      region,
      state,
      tasks: new Tasks(state.tasks, taskMs, now, events, (action) => faults.takeTask(action)),
      events,
      quotas: { ...defaultQuotas, ...quotas },
      assumptions: { ...believed, ...options.assumptions },
      automation: {},
      machineRoom: {},
      random: randomNumbers(options.randomSeed ?? 1),
      now,
    };
    const credentials = new Credentials(options.credentials ?? {}, now);
    const { log = (line: string) => void process.stderr.write(`local cloud: ${line}\n`) } = options;
    const { instanceOf = (address: string) => instanceWith(state, address) } = options;
    const onCloud = apiListener({ core, credentials, faults, actions: new ActionTable(actions), region, log });
    const onAdmin = options.admin ? adminListener(adminOptions(core, credentials, faults)) : undefined;
    const onApi: RequestListener = (request, response) =>
      (onAdmin && request.url?.startsWith(adminPath) ? onAdmin : onCloud)(request, response);
    const onMetadata = metadataListener({ ...core, credentials, faults, instanceOf });

    const started: Listener[] = [];
    try {
      for (const where of api) started.push(await Listener.start(where, onApi));
      const metadataServer = await Listener.start(metadata, onMetadata);
      return new LocalCloud(region, core, credentials, faults, started, metadataServer);
    } catch (error) {
      await Promise.all(started.map((listener) => listener.stop()));
      throw error;
    }
  }

  /** How long an asynchronous task that starts now runs, in ms. */
  get taskMs(): number {
    return this.#core.tasks.taskMs;
  }

  set taskMs(taskMs: number) {
    this.#core.tasks.taskMs = taskMs;
  }

  /**
   * Where the metadata service listens.
   *
   * @param instanceId - the view of this instance, whoever asks: the URL then has a path
   */
  metadataUrl(instanceId?: string): string {
    return instanceId === undefined ? this.#metadataUrl : `${this.#metadataUrl}/instances/${instanceId}`;
  }

  /** @returns a function that takes the listener off again */
  on<Name extends keyof CloudEvents>(name: Name, listener: (event: CloudEvents[Name]) => void): () => void {
    return this.#core.events.on(name, listener);
  }

  /**
   * The fabric has seen a gratuitous ARP for a HAVIP from this ENI.
   *
   * @returns whether the ENI holds it now; false if it may not, or if there is no such HAVIP or ENI
   */
  learn({ vip, networkInterfaceId }: { readonly vip: string; readonly networkInterfaceId: string }): boolean {
    return learn(this.#core, vip, networkInterfaceId);
  }

  /** Who has an address, HAVIP or not, in whichever VPC has it first; undefined if nobody has. */
  holderOf(vip: string): Holder | undefined {
    return holderOf(this.#core, vip);
  }

  /**
   * Lets TAT reach the instances, whose commands are run by these agents from now on. Without any, every agent is
   * offline; the cloud runs nothing itself.
   */
  plugInAgents(agents: AutomationAgents): void {
    this.#core.automation.agents = agents;
  }

  /**
   * Lets machines follow the power of the instances from now on: what starts, stops, restarts or ends one is over when
   * its machine is as it must be. Without any, instances are entries only, and nothing boots.
   */
  plugInMachines(machines: Machines): void {
    this.#core.machineRoom.machines = machines;
  }

  /** Gives up the tasks that a fault keeps from ending: they fail, and what they have locked is free. */
  failEndlessTasks(): void {
    this.#core.tasks.failEndless();
  }

  /** Ends every temporary credential of the instance; the metadata service hands out new ones. */
  expireCredentials(instanceId: string): void {
    this.#credentials.expire(instanceId);
  }

  /**
   * Everything that it knows, once no task runs any more: secrets, credentials, past tasks and
   * commands of TAT are not in it.
   *
   * @returns plain JSON, for another one to start with
   */
  async snapshot(): Promise<Snapshot> {
    await this.#core.tasks.idle();
    return takeSnapshot(this.#core.state, this.region);
  }

  /** Ends all connections, frees the ports; tasks that still run never commit. */
  async stop(): Promise<void> {
    this.#core.tasks.stop();
    await Promise.all(this.#listeners.map((listener) => listener.stop()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

const adminOptions = (core: Core, credentials: Credentials, faults: Faults<State>): AdminOptions => ({
  region: core.region,
  state: core.state,
  events: core.events,
  faults,
  holderOf: (vip) => holderOf(core, vip),
  learn: ({ vip, networkInterfaceId }) => learn(core, vip, networkInterfaceId),
  expireCredentials: (instanceId) => credentials.expire(instanceId),
});
