import type { Host } from "./host.ts";
import { problem } from "./problem.ts";
import type { Settings } from "./settings.ts";
import { note, recall } from "./state.ts";

/**
 * What the metadata service says, kept on the node while it is good. Never asked by a proxy: it is http, and proxies
 * are for https.
 *
 * @param name under which it is kept
 * @param read reads the text, which may have been kept for long; returns undefined where it is not good
 * @throws {Problem} `Metadata` where the service does not answer, or says what is not good
 */
export async function metadata<T>(
  host: Host,
  { metadataEndpoint }: Pick<Settings, "metadataEndpoint">,
  path: string,
  name: string,
  read: (text: string, isKept?: boolean) => T | undefined,
): Promise<T> {
  const kept = read(recall(host, name), true);
  if (kept) return kept;
  const { status, body } = await host
    .request(`${metadataEndpoint}/latest/meta-data/${path}`, { method: "GET", timeoutMs: 1000 })
    .catch(({ message }) => ({ status: message, body: "" }));
  const found = read(body);
  if (!found) throw problem("Metadata", `metadata ${path}: status ${status}, no ${name}`);
  note(host, name, body);
  return found;
}
