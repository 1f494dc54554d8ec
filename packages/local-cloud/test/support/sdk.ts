import { Agent } from "node:http";
import { connect } from "node:net";
import * as installed from "tencentcloud-sdk-nodejs";

/** What the SDK answers with. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the answers of sixty actions
export type SdkAnswer = any;

/** The official SDK: services by name, each with its versions. */
const sdk = installed as unknown as Record<string, Record<string, { Client: new (config: object) => SdkClient }>>;

type SdkClient = Record<string, (body: object) => Promise<SdkAnswer>>;

/** Which cloud the SDK talks to. */
export interface Target {
  readonly secretId: string;
  readonly secretKey: string;
  readonly region: string;
  /** Of a local cloud's API. @default - the real cloud */
  readonly url?: string;
}

const versions: Record<string, string> = { cam: "v20190116", tag: "v20180813", sts: "v20180813", tat: "v20201028" };

/** Calls an action by its name, with the SDK's own signing and models; records which. Throws the SDK's exception. */
export function sdkCaller({ secretId, secretKey, region, url }: Target, called: Set<string>) {
  const clients = new Map<string, SdkClient>();
  return async (operation: `${string}:${string}`, body: object = {}): Promise<SdkAnswer> => {
    const [service = "", action = ""] = operation.split(":");
    const client = clients.get(service) ?? newClient(service);
    clients.set(service, client);
    called.add(operation);
    const method = client[action];
    if (!method) throw new Error(`the SDK has no ${operation}`);
    return method.call(client, body);
  };

  function newClient(service: string): SdkClient {
    const Client = sdk[service]?.[versions[service] ?? "v20170312"]?.Client;
    if (!Client) throw new Error(`the SDK has no ${service}`);
    // The SDK takes the service from the endpoint's name and signs it without a port, so both stay; only the
    // connection goes elsewhere.
    const httpProfile =
      url === undefined
        ? {}
        : { protocol: "http://", endpoint: `${service}.tencentcloudapi.com`, agent: agentTo(new URL(url)) };
    return new Client({ credential: { secretId, secretKey }, region, profile: { httpProfile } });
  }
}

/** Connects there, whatever the request's URL says. */
function agentTo({ hostname, port }: URL): Agent {
  return new (class extends Agent {
    override createConnection() {
      return connect(Number(port), hostname);
    }
  })();
}
