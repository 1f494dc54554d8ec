import type { Settings } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import { metadata } from "./metadata.ts";

/**
 * This instance's id, such as `ins-a1b2c3d4`.
 *
 * @throws {Problem} as {@link metadata}
 */
export function instanceIdOf(host: Host, settings: Pick<Settings, "metadataEndpoint">): Promise<string> {
  return metadata(host, settings, {
    path: "instance-id",
    name: "instance-id",
    // A page of HTML is no id.
    read: (text) => (/^ins-\w+$/.test(text) ? text : undefined),
  });
}
