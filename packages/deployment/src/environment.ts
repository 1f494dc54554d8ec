import { randomBytes } from "node:crypto";
import type { LocalCloud } from "local-cloud";

/**
 * Points the provider at a local cloud by environment variables alone: a key of the account, plain HTTP, and the local
 * cloud as the HTTP proxy, so that no name has to resolve. The domain is one that never does (RFC 6761): a call that
 * went another way could not reach the real cloud.
 *
 * @param env what there is of an environment already
 * @param terraformState the path of the state file, in the place of the stack's own backend's
 */
export function providerEnvironment(
  cloud: LocalCloud,
  terraformState: string,
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  const secretId = `AKID${randomBytes(16).toString("hex")}`;
  const secretKey = randomBytes(16).toString("hex");
  cloud.seed.secret({ secretId, secretKey });
  const [url = ""] = cloud.apiUrls;
  return {
    TENCENTCLOUD_SECRET_ID: secretId,
    TENCENTCLOUD_SECRET_KEY: secretKey,
    // Of the real account, which these keys are not of.
    TENCENTCLOUD_SECURITY_TOKEN: "",
    TENCENTCLOUD_ASSUME_ROLE_ARN: "",
    TENCENTCLOUD_PROTOCOL: "HTTP",
    TENCENTCLOUD_DOMAIN: "local-cloud.invalid",
    HTTP_PROXY: url,
    http_proxy: url,
    NO_PROXY: "",
    no_proxy: "",
    CHECKPOINT_DISABLE: "1",
    // The CLI of cdktf would make ~/.terraform.d for it; a cache of the user's own, TF_PLUGIN_CACHE_DIR, counts as ever.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    TF_CLI_ARGS_init: `${env["TF_CLI_ARGS_init"] ?? ""} -backend-config="path=${terraformState}"`,
    TF_IN_AUTOMATION: "1",
  };
}
