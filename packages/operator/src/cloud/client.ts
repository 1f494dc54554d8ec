import { Agent, type ClientRequest } from "node:http";
import { connect } from "node:net";
import * as sdk from "tencentcloud-sdk-nodejs/tencentcloud/common/common_client.js";
import { OperatorError } from "../operator-error.ts";
import { findCredentials } from "./credentials.ts";

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

/** For how many seconds the cloud may not answer. */
const TIMEOUT_S = 20;

/**
 * A client of the cloud's API, which finds it as Terraform's provider does: TENCENTCLOUD_DOMAIN and
 * TENCENTCLOUD_PROTOCOL, and the usual variables of a proxy.
 *
 * @throws OperatorError where there are no credentials
 */
export function openCloud(region: string, env: NodeJS.ProcessEnv): CloudClient {
  const credential = findCredentials(env);
  const domain = env["TENCENTCLOUD_DOMAIN"] || "tencentcloudapi.com";
  const isPlain = env["TENCENTCLOUD_PROTOCOL"]?.toUpperCase() === "HTTP";
  const proxy = isPlain ? env["HTTP_PROXY"] || env["http_proxy"] : env["HTTPS_PROXY"] || env["https_proxy"];
  const call: CloudClient["call"] = async (service, action, body) => {
    const endpoint = `${service}.${domain}`;
    const client = new sdk.CommonClient(endpoint, VERSIONS[service], {
      credential,
      region,
      profile: {
        httpProfile: {
          protocol: isPlain ? "http://" : "https://",
          endpoint,
          reqTimeout: TIMEOUT_S,
          ...(proxy && !isExempt(endpoint, env) && (isPlain ? { agent: proxyAgent(proxy) as never } : { proxy })),
        },
      },
    });
    try {
      return (await client.request(action, body)) as Record<string, unknown>;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      throw new CloudError(code || "NetworkError", action, message);
    }
  };
  return { call };
}

/** Whether NO_PROXY names the host or a domain above it. */
function isExempt(host: string, env: NodeJS.ProcessEnv): boolean {
  const entries = (env["NO_PROXY"] || env["no_proxy"] || "").split(",").map((entry) => entry.trim());
  const [name = ""] = host.split(":");
  return entries.some(
    (entry) => entry === "*" || (entry !== "" && `.${name}`.endsWith(`.${entry.replace(/^\./, "")}`)),
  );
}

/** Asks a proxy by the request's whole URL, as plain HTTP is proxied; the SDK's own way (CONNECT) is for TLS. */
function proxyAgent(proxy: string): Agent {
  const { hostname, port } = new URL(proxy);
  return new (class extends Agent {
    // Node.js's own method by which an agent gets a request: not in its types.
    addRequest(request: ClientRequest, options: object): void {
      if (request.path.startsWith("/")) request.path = `http://${request.getHeader("host")}${request.path}`;
      (Agent.prototype as unknown as { addRequest: (request: ClientRequest, options: object) => void }).addRequest.call(
        this,
        request,
        options,
      );
    }

    override createConnection() {
      return connect(Number(port || 80), hostname);
    }
  })();
}
