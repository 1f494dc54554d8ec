import { authorization } from "pairctl/tc3";
import { OperatorError } from "../operator-error.ts";
import { type CloudKey, findCredentials } from "./credentials.ts";
import { type Endpoint, findEndpoint, post } from "./http.ts";

/** The services whose API the operator's command calls, with the version of each. */
const VERSIONS = { cvm: "2017-03-12", vpc: "2017-03-12", tat: "2020-10-28", sts: "2018-08-13" } as const;

/** A service of the cloud. */
export type Service = keyof typeof VERSIONS;

/** Calls the cloud's API with the account's credentials. */
export interface CloudClient {
  /**
   * @returns the member `Response` of the answer
   * @throws CloudError where the cloud refuses, or does not answer
   */
  readonly call: (service: Service, action: string, body: object) => Promise<Readonly<Record<string, unknown>>>;
}

/** The cloud has refused a call, or has not answered it. */
export class CloudError extends OperatorError {
  /** @param code the cloud's error code; `NetworkError` where it has not answered */
  constructor(
    readonly code: string,
    action: string,
    message: string,
  ) {
    super(
      code.startsWith("AuthFailure") ? "usage" : "unknown",
      `${action}: ${code}: ${message}${remedyOf(code, action)}`,
    );
  }
}

function remedyOf(code: string, action: string): string {
  if (code === "AuthFailure.SignatureExpire") return ": set the clock of this machine";
  if (code.startsWith("AuthFailure")) return ": the credentials are not valid, or have expired";
  if (code.startsWith("UnauthorizedOperation")) return `: allow ${action} to the account's user or role`;
  return code === "NetworkError" ? ": see the network, HTTPS_PROXY and TENCENTCLOUD_DOMAIN" : "";
}

/**
 * A client of the cloud's API, which finds it as Terraform's provider does: TENCENTCLOUD_DOMAIN and
 * TENCENTCLOUD_PROTOCOL, and the usual variables of a proxy.
 *
 * @throws OperatorError where there are no credentials
 */
export function openCloud(region: string, env: NodeJS.ProcessEnv): CloudClient {
  const key = findCredentials(env);
  return {
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
}

/** A call, as far as its headers depend on it. */
interface Call {
  readonly service: Service;
  readonly action: string;
  readonly region: string;
  readonly host: string;
  readonly body: string;
}

/** The headers of a call at this time, with its signature. */
function signedHeaders({ service, action, region, host, body }: Call, key: CloudKey): Record<string, string> {
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
