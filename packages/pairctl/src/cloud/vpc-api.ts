import { type Action, endpointIn, type Settings, VPC_API_VERSION } from "../contract/index.ts";
import { note, recall } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import { type Credentials, credentialsOf } from "./credentials.ts";
import { problem, REFUSED_CREDENTIALS } from "./problem.ts";
import { authorization } from "./tc3.ts";

/** A call that was made, for the receipt. */
export interface CallRecord {
  readonly action: Action;
  readonly ms: number;
  /** `OK`, the cloud's error code, or `NetworkError`: no answer, or none of the API's. */
  readonly code: string;
  readonly requestId?: string | undefined;
}

/** What the API answered, by the names of its fields. Who reads a field checks it. */
export type Answer = Readonly<Record<string, unknown>>;

/** What an answer of the API always has. */
interface Response extends Answer {
  readonly RequestId?: string;
  readonly Error?: { readonly Code: string; readonly Message: string };
}

/** No answer is waited for longer, in ms, and none for less time: near its deadline a run would take an endpoint for dead. */
const TIMEOUT_MS = 2000;

/** What of the settings says where the API is, and who calls it. */
export type ApiSettings = Pick<Settings, "apiEndpoints" | "httpsProxy" | "metadataEndpoint" | "region" | "roleName">;

/** The VPC API, as far as pairctl may call it. */
export interface VpcApi {
  /** Every call, in the order of the answers. */
  readonly calls: readonly CallRecord[];
  /** @throws {Problem} the cloud's, `NetworkError`, or `Metadata` where there are no credentials */
  call(action: Action, payload: object): Promise<Answer>;
}

/** What calls teach those behind them: another endpoint, the cloud's time, the need of fresh credentials. */
export interface ApiLink {
  /** How much the cloud's clock is ahead of the node's, in ms, as its last answer told it; NaN where that told no time. */
  skewMs?: number;
  /** When the credentials of the last call expire, in seconds since the epoch. */
  credentialsExpiry?: number;
  /** Which endpoint comes next: it counts on beyond the last one, which the first one follows. */
  endpointsTried: number;
  /** Credentials that the cloud has refused: see {@link credentialsOf}. */
  refused?: string;
}

/** The file that names the endpoint in use: no start of the agent, and no single run, waits for one that is not there. */
const ENDPOINT = "endpoint";

/** A link that has been taught no more than what is kept on the node. */
export function apiLink(host: Host, { apiEndpoints }: Pick<Settings, "apiEndpoints">): ApiLink {
  return { endpointsTried: Math.max(0, apiEndpoints.indexOf(recall(host, ENDPOINT))) };
}

/**
 * The VPC API for one run. Nothing is called twice here: the caller looks again, since a call may have been carried out
 * although it failed.
 */
export function vpcApi(host: Host, settings: ApiSettings, link: ApiLink): VpcApi {
  const { apiEndpoints, httpsProxy: proxy, region } = settings;
  const calls: CallRecord[] = [];

  const endpointAfter = (tried: number) => apiEndpoints[tried % apiEndpoints.length] as string;

  async function send(action: Action, body: string, { Token, ...keys }: Credentials): Promise<Response> {
    const used = link.endpointsTried;
    const endpoint = endpointIn(region, endpointAfter(used));
    const timestamp = Math.floor((host.now() + (link.skewMs || 0)) / 1000);
    // In quotes, which keep the bundler from shortening it like the properties of that name that are ours.
    // prettier-ignore
    const signed = { "content-type": "application/json", "host": endpoint.split("/")[2] as string };
    const headers = {
      ...signed,
      authorization: authorization({ service: "vpc", headers: signed, body, timestamp }, keys),
      "x-tc-action": action,
      "x-tc-version": VPC_API_VERSION,
      "x-tc-region": region,
      "x-tc-timestamp": `${timestamp}`,
      "x-tc-token": Token,
    };
    try {
      const asked = { method: "POST", headers, body, timeoutMs: TIMEOUT_MS, proxy } as const;
      const answer = await host.request(`${endpoint}/`, asked);
      const response = responseIn(answer.body);
      if (!response) throw new Error(`status ${answer.status}, no answer of the API`);
      link.skewMs = Date.parse(`${answer.date}`) - host.now();
      return response;
    } catch (error) {
      // Calls run side by side: only the first to fail goes on to the next endpoint.
      link.endpointsTried = used + 1;
      note(host, ENDPOINT, endpointAfter(used + 1));
      return { Error: { Code: "NetworkError", Message: `${endpoint}: ${(error as Error).message}` } };
    }
  }

  return {
    calls,
    async call(action, payload) {
      const credentials = await credentialsOf(host, settings, link.refused);
      link.credentialsExpiry = credentials.ExpiredTime;
      const started = host.clock();
      const response = await send(action, JSON.stringify(payload), credentials);
      const { Code: code, Message: message } = response.Error || { Code: "OK", Message: "" };
      calls.push({ action, ms: Math.round(host.clock() - started), code, requestId: response.RequestId });
      if (code === "OK") return response;
      if (REFUSED_CREDENTIALS.test(code)) link.refused = JSON.stringify(credentials);
      // What is long enough for a secret is not said.
      throw problem(code, `${action}: ${code}: ${message}`.replace(/[\w-]{32,}/g, "***"));
    },
  };
}

/**
 * What the API says in a body; undefined where that is not an answer of the API, such as the page or the JSON of a proxy.
 * What is wrong with it is not said: it may hold a secret.
 */
function responseIn(body: string): Response | undefined {
  try {
    const { Response: response } = JSON.parse(body) as { Response: Response };
    const { Error: error = { Code: "" } } = response;
    return typeof response === "object" && typeof error.Code === "string" ? response : undefined;
  } catch {
    return undefined;
  }
}
