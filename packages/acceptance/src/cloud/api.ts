import { Agent } from "node:http";
import { connect } from "node:net";
import * as sdk from "tencentcloud-sdk-nodejs/tencentcloud/common/common_client.js";

/** The services whose API is called, with the version of each. */
const VERSIONS = { vpc: "2017-03-12", cvm: "2017-03-12", cam: "2019-01-16", tat: "2020-10-28" } as const;

/** A service of the cloud. */
export type Service = keyof typeof VERSIONS;

/** The cloud refuses a call. */
export class ApiError extends Error {
  /** @param code the cloud's, or that of the network's error */
  constructor(
    action: string,
    readonly code: string,
    message: string,
  ) {
    super(`${action} is refused: ${code}: ${message}`);
  }
}

/** There is no key to call the cloud with. */
export class MissingKeyError extends Error {}

/** Calls the cloud's API as the account's owner. */
export interface CloudApi {
  /** @throws ApiError where the cloud refuses, or does not answer */
  call(service: Service, action: string, body?: object): Promise<Record<string, unknown>>;
}

/**
 * The API of a region, with the key, domain and protocol of the environment variables that Terraform's provider goes by.
 *
 * @throws MissingKeyError where the environment has no key
 */
export function openApi(region: string, env: NodeJS.ProcessEnv): CloudApi {
  const secretId = env["TENCENTCLOUD_SECRET_ID"] ?? "";
  const secretKey = env["TENCENTCLOUD_SECRET_KEY"] ?? "";
  if (secretId === "" || secretKey === "") {
    throw new MissingKeyError("TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY must be set: a key of the account's");
  }
  const token = env["TENCENTCLOUD_SECURITY_TOKEN"];
  const domain = env["TENCENTCLOUD_DOMAIN"] || "tencentcloudapi.com";
  const isPlain = env["TENCENTCLOUD_PROTOCOL"] === "HTTP";
  const proxy = env["HTTP_PROXY"];
  return {
    async call(service, action, body = {}) {
      const endpoint = `${service}.${domain}`;
      const client = new sdk.CommonClient(endpoint, VERSIONS[service], {
        credential: { secretId, secretKey, ...(token && { token }) },
        region,
        profile: {
          httpProfile: {
            endpoint,
            protocol: isPlain ? "http://" : "https://",
            reqTimeout: 30,
            ...(isPlain && proxy && { agent: agentTo(new URL(proxy)) as never }),
          },
        },
      });
      try {
        return (await client.request(action, body)) as Record<string, unknown>;
      } catch (error) {
        const { code = "NetworkError", message } = error as { code?: string; message: string };
        throw new ApiError(action, code, message);
      }
    },
  };
}

/** Connects to a plain proxy, whatever the request's URL says. */
function agentTo({ hostname, port }: URL): Agent {
  return new (class extends Agent {
    override createConnection() {
      return connect(Number(port), hostname);
    }
  })();
}
