import { isIP } from "node:net";
import { StackError } from "../stack/stack-error.ts";
import type { StackNode } from "../stack/stack.ts";

/** Where the cloud's metadata service is: the address that it has for every instance. */
export const METADATA_IP = "169.254.0.23";
/** Where the cloud's API is here, whatever its names. */
export const API_IP = "169.254.0.24";

/** Where the cloud has to listen for a pair's nodes. */
export interface Endpoints {
  /** Addresses of the names that the nodes are told. */
  readonly hosts: Readonly<Record<string, string>>;
  /** The names that the API's certificate is for. */
  readonly certified: readonly string[];
  /** Ports of the API, and whether TLS is spoken there. */
  readonly api: readonly { readonly port: number; readonly isTls: boolean }[];
  readonly metadataPort: number;
}

/**
 * Reads where a pair's nodes call the API and the metadata service.
 *
 * @throws StackError for an endpoint that nothing here can answer at
 */
export function endpointsOf(nodes: readonly StackNode[]): Endpoints {
  const api = [...new Set(nodes.flatMap(({ apiEndpoints }) => apiEndpoints))].map((url) => new URL(url));
  const literal = api.find(({ hostname }) => isIP(hostname) !== 0);
  if (literal !== undefined) {
    throw new StackError(
      `'apiEndpoints' must be names for a rehearsal, which answers at an address of its own, got '${literal.origin}'`,
    );
  }
  const metadata = new URL(nodes[0]?.metadataEndpoint ?? "");
  if (metadata.pathname !== "/" || metadata.protocol !== "http:" || ![0, METADATA_IP].includes(literalOf(metadata))) {
    throw new StackError(
      `'metadataEndpoint' must be http:// and a name, or ${METADATA_IP}, without a path, for a rehearsal, got '${metadata.href}'`,
    );
  }
  const isTls = ({ protocol }: URL) => protocol === "https:";
  const ports = new Map(api.map((url) => [portOf(url), isTls(url)]));
  return {
    hosts: { ...Object.fromEntries(api.map(({ hostname }) => [hostname, API_IP])), [metadata.hostname]: METADATA_IP },
    certified: api.filter(isTls).map(({ hostname }) => hostname),
    api: [...ports].map(([port, tls]) => ({ port, isTls: tls })),
    metadataPort: portOf(metadata),
  };
}

const literalOf = ({ hostname }: URL) => (isIP(hostname) === 0 ? 0 : hostname);

const portOf = ({ port, protocol }: URL) => Number(port || (protocol === "https:" ? 443 : 80));
