import { authorization } from "pairctl/tc3";
import { type Actions, type Call, type Service, VERSIONS } from "./actions.ts";
import { type CloudKey, findCredentials } from "./credentials.ts";
import { CloudError } from "./errors.ts";
import { type Endpoint, findEndpoint, post } from "./http.ts";

/** Calls the actions that a program has named, with the account's credentials. */
export interface CloudClient<A extends Actions = Actions> {
  /**
   * @returns the member `Response` of the answer
   * @throws CloudError where the cloud refuses, or does not answer
   */
  readonly call: (...call: Call<A>) => Promise<Readonly<Record<string, unknown>>>;
}

/**
 * A client of the cloud's API, which finds it as Terraform's provider does: TENCENTCLOUD_DOMAIN and
 * TENCENTCLOUD_PROTOCOL, and the usual variables of a proxy.
 *
 * @throws CredentialsError where there are no credentials
 */
export function openCloud<A extends Actions = Actions>(region: string, env: NodeJS.ProcessEnv): CloudClient<A> {
  const key = findCredentials(env);
  const client: CloudClient = {
    call: async (service, action, body) => {
      const endpoint = findEndpoint(service, env);
      const text = JSON.stringify(body);
      let answer: ApiResponse;
      try {
        const headers = signedHeaders({ service, action, region, host: endpoint.host, body: text }, key);
        answer = responseIn(await post(endpoint, headers, text), endpoint);
      } catch (error) {
        throw new CloudError("NetworkError", action, (error as Error).message);
      }
      if (answer.Error !== undefined) throw new CloudError(answer.Error.Code, action, answer.Error.Message);
      return answer;
    },
  };
  return client as CloudClient<A>;
}

/** A request, as far as its headers depend on it. */
interface Request {
  readonly service: Service;
  readonly action: string;
  readonly region: string;
  readonly host: string;
  readonly body: string;
}

/** The headers of a request at this time, with its signature. */
function signedHeaders({ service, action, region, host, body }: Request, key: CloudKey): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = { "content-type": "application/json", host };
  const keys = { TmpSecretId: key.secretId, TmpSecretKey: key.secretKey };
  return {
    ...headers,
    authorization: authorization({ service, headers, body, timestamp }, keys),
    "x-tc-action": action,
    "x-tc-version": VERSIONS[service],
    "x-tc-region": region,
    "x-tc-timestamp": `${timestamp}`,
    ...(key.token !== undefined && { "x-tc-token": key.token }),
  };
}

/** What an answer of the API has, beside what was asked for. */
interface ApiResponse extends Readonly<Record<string, unknown>> {
  readonly Error?: { readonly Code: string; readonly Message: string };
}

/**
 * What a body says as an answer of the API.
 *
 * @throws Error where it is none, such as the page of a proxy: it is not shown, since anything may be in it
 */
function responseIn(body: string, { url }: Endpoint): ApiResponse {
  const response = parsed(body)?.Response;
  if (typeof response === "object" && response !== null) return response;
  throw new Error(`${url} has not answered as the cloud's API does`);
}

function parsed(body: string): { readonly Response?: ApiResponse | null } | null {
  try {
    return JSON.parse(body) as ReturnType<typeof parsed>;
  } catch {
    return null;
  }
}
