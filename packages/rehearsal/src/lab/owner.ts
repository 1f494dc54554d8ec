import { randomBytes } from "node:crypto";
import { Agent } from "node:http";
import { connect } from "node:net";
import { runScript } from "cloud-client";
import type { LocalCloud } from "local-cloud";
import * as sdk from "tencentcloud-sdk-nodejs/tencentcloud/common/common_client.js";
import { waitFor } from "../machine/wait.ts";

/** The services whose API the owner of the account uses by hand, with the version of each. */
const VERSIONS = { cam: "2019-01-16", cvm: "2017-03-12", tat: "2020-10-28", vpc: "2017-03-12" } as const;

/** A command on a node may take so long, in seconds. */
const COMMAND_LIMIT_S = 30;

/** How much longer than the cloud says its tasks may take to be seen, in ms. */
const TASK_MARGIN_MS = 5_000;

/** The owner of the account, who may do everything: for what people do by hand, in the console or with a tool. */
export class Owner {
  readonly #secret = { secretId: `AKID${randomBytes(16).toString("hex")}`, secretKey: randomBytes(16).toString("hex") };

  /** @param cloud where the owner gets a key of the account's */
  constructor(private readonly cloud: LocalCloud) {
    cloud.seed.secret(this.#secret);
  }

  /**
   * Calls an action of the API, with the official SDK.
   *
   * @throws with the cloud's code and message where it refuses
   */
  async call(service: keyof typeof VERSIONS, action: string, body: object): Promise<Record<string, unknown>> {
    const endpoint = `${service}.tencentcloudapi.com`;
    const url = new URL(this.cloud.apiUrls.find((each) => each.startsWith("http:")) ?? "");
    const client = new sdk.CommonClient(endpoint, VERSIONS[service], {
      credential: this.#secret,
      region: this.cloud.region,
      profile: { httpProfile: { protocol: "http://", endpoint, agent: agentTo(url) as never } },
    });
    try {
      return (await client.request(action, body)) as Record<string, unknown>;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      throw new Error(`${action} by the account's owner failed: ${code ?? "no code"}: ${message}`, { cause: error });
    }
  }

  /**
   * Calls an action that starts a task of the cloud, and waits until that has ended.
   *
   * @throws as {@link call} does, and where the task fails or does not end
   */
  async change(service: keyof typeof VERSIONS, action: string, body: object): Promise<Record<string, unknown>> {
    const answer = await this.call(service, action, body);
    const { RequestId, TaskId = RequestId } = answer as { RequestId: string; TaskId?: string };
    const task = this.cloud.state.tasks.get(TaskId);
    if (task === undefined) throw new Error(`${action} by the account's owner has started no task`);
    const status = await waitFor({
      what: `the end of the task of ${action} by the account's owner`,
      budgetMs: this.cloud.taskMs + TASK_MARGIN_MS,
      look: () => (task.status === "RUNNING" ? { seen: task.status } : { found: task.status }),
    });
    if (status === "FAILED") throw new Error(`the task of ${action} by the account's owner has failed`);
    return answer;
  }

  /**
   * Runs a script on an instance through the cloud's automation (TAT), as its root.
   *
   * @returns what it has written
   * @throws where it cannot be run, or fails
   */
  async runCommand(instanceId: string, script: string): Promise<string> {
    const command = { instanceId, text: script, timeoutS: COMMAND_LIMIT_S, commandName: "owner" };
    const { exitStatus, output } = await runScript(this, command);
    if (exitStatus === 0) return output;
    throw new Error(`'${script}' on '${instanceId}' failed with status ${exitStatus}: ${output.trim()}`);
  }
}

/** Connects there, whatever the request's URL says: the SDK signs the name of the real host. */
function agentTo({ hostname, port }: URL): Agent {
  return new (class extends Agent {
    override createConnection() {
      return connect(Number(port), hostname);
    }
  })();
}
