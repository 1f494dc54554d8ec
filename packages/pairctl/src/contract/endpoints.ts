/** What stands in an endpoint for the pair's region. */
const REGION = "{region}";

/**
 * Where the VPC API is, in order of preference. `vpc.internal` needs no public address; no official page names it for
 * VPC, hence the others: the name of the region, which alone there is in regions of their own such as `ap-shanghai-fsi`,
 * the general one, and that of the documents for accounts of the international site.
 */
export const API_ENDPOINTS: readonly string[] = [
  "https://vpc.internal.tencentcloudapi.com",
  `https://vpc.${REGION}.tencentcloudapi.com`,
  "https://vpc.tencentcloudapi.com",
  "https://vpc.intl.tencentcloudapi.com",
];

/** The TCP port on which the agent of a node answers that of its peer. */
export const PEER_PORT = 3112;

/** Where the agent answers Prometheus, and nobody but its own node: its peer asks at another address of the node. */
export const METRICS_ADDRESS = "127.0.0.1";
export const METRICS_PORT = PEER_PORT;

/** An endpoint as it is called in a region. */
export function endpointIn(region: string, endpoint: string): string {
  return endpoint.replace(REGION, region);
}

/** Where the metadata service is. */
export const METADATA_ENDPOINT = "http://metadata.tencentyun.com";
