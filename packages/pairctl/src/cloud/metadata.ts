import type { Settings } from "../contract/index.ts";
import { note, recall } from "../node/files.ts";
import type { Host, HttpAnswer } from "../node/host.ts";
import { problem } from "./problem.ts";

/** One thing that the metadata service tells. */
interface MetadataItem<T> {
  /** Below `/latest/meta-data/`. */
  readonly path: string;
  /** The file in which it is kept on the node. */
  readonly name: string;
  /** Reads the text; returns undefined where it is not good. @param isKept whether the text may be old */
  readonly read: (text: string, isKept: boolean) => T | undefined;
}

/** The service is on the same host: what takes longer, in ms, does not come. */
const TIMEOUT_MS = 1000;

/**
 * What the metadata service says, kept on the node while it is good, so that an outage of the service does not stop a
 * move. Never asked by a proxy: it is http, and proxies are for https.
 *
 * @throws {Problem} `Metadata` where the service does not answer, or says what is not good
 */
export async function metadata<T>(
  host: Host,
  { metadataEndpoint }: Pick<Settings, "metadataEndpoint">,
  { path, name, read }: MetadataItem<T>,
): Promise<T> {
  const kept = read(recall(host, name), true);
  if (kept) return kept;
  const url = `${metadataEndpoint}/latest/meta-data/${path}`;
  const { status, body }: Pick<HttpAnswer, "body"> & { status: number | string } = await host
    .request(url, { method: "GET", timeoutMs: TIMEOUT_MS })
    .catch((error: Error) => ({ status: error.message, body: "" }));
  const found = read(body, false);
  if (!found) throw problem("Metadata", `metadata ${path}: status ${status}, no ${name}`);
  note(host, name, body);
  return found;
}
