/**
 * Where the VPC API is, in order of preference. `vpc.internal` needs no public address; no official page names it for
 * VPC, hence the fallback.
 */
export const API_ENDPOINTS: readonly string[] = [
  "https://vpc.internal.tencentcloudapi.com",
  "https://vpc.tencentcloudapi.com",
];

/** The TCP port on which the agent of a node answers that of its peer. */
export const PEER_PORT = 3112;

/** Where the metadata service is. */
export const METADATA_ENDPOINT = "http://metadata.tencentyun.com";
