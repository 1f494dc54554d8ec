import { type CloudClient, openCloud } from "cloud-client";
import { LocalCloud } from "local-cloud";

/** A local cloud, and its API as the acceptance calls it. */
export async function startCloud(): Promise<{ cloud: LocalCloud; api: CloudClient }> {
  const cloud = await LocalCloud.start({ region: "ap-singapore", taskMs: 20, log: () => undefined });
  const secret = { secretId: "AKIDacceptance", secretKey: "acceptance" };
  cloud.seed.secret(secret);
  const api = openCloud("ap-singapore", {
    TENCENTCLOUD_SECRET_ID: secret.secretId,
    TENCENTCLOUD_SECRET_KEY: secret.secretKey,
    TENCENTCLOUD_PROTOCOL: "HTTP",
    TENCENTCLOUD_DOMAIN: "local-cloud.invalid",
    HTTP_PROXY: cloud.apiUrls[0],
  });
  return { cloud, api };
}
