// Settings files that have every key there is: those that exclude each other stand in different ones.

/** Keys that each file has. */
const COMMON = {
  name: "web-pair",
  region: "ap-singapore",
  vip: "10.0.1.100",
  primary: { privateIp: "10.0.1.11", priority: 100, hostname: "web-1" },
  secondary: { privateIp: "10.0.1.12", priority: 80, hostname: "web-2" },
};

const CHECK_TIMING = { intervalSeconds: 3, timeoutSeconds: 4, fall: 5, rise: 6 };

/** A private IP, with everything that can be made new. */
const NEW = {
  ...COMMON,
  mechanism: "secondary-private-ip",
  network: {
    cidrBlock: "10.0.0.0/16",
    subnetCidrBlock: "10.0.1.0/24",
    availabilityZone: "ap-singapore-1",
    name: "web-network",
    tags: { part: "network" },
  },
  parkingIp: "10.0.1.101",
  eip: {
    bandwidthMbps: 200,
    chargeType: "BANDWIDTH_PACKAGE",
    bandwidthPackageId: "bwp-12345678",
    internetServiceProvider: "BGP",
    name: "web-eip",
    tags: { part: "eip" },
  },
  additionalVips: [
    { vip: "10.0.1.102", parkingIp: "10.0.1.103", name: "web-more", eip: { bandwidthMbps: 20, name: "web-eip-2" } },
  ],
  image: "ubuntu-22.04",
  instanceType: "S5.LARGE8",
  checkInstanceType: true,
  systemDisk: { type: "CLOUD_SSD", sizeGb: 60 },
  prepaid: { periodMonths: 12, renewFlag: "NOTIFY_AND_AUTO_RENEW", forceDelete: true },
  keyIds: ["skey-12345678"],
  keyPairs: [{ keyName: "ops", publicKey: "ssh-ed25519 AAAA ops@example", tags: { part: "key" } }],
  terminationProtection: true,
  monitoringAgent: false,
  securityAgent: false,
  automationAgent: false,
  projectId: 7,
  placementGroup: { type: "RACK", affinity: 2, name: "web-group", tags: { part: "group" } },
  securityGroup: { name: "web-firewall", tags: { part: "firewall" } },
  ingress: [{ protocol: "TCP", port: 80, cidrBlock: "0.0.0.0/0", description: "web" }],
  egress: [{ protocol: "UDP", port: "53,123", cidrBlock: "10.0.0.0/8", description: "names" }],
  role: {
    name: "web-role",
    ways: ["move", "bind-eip"],
    camActions: { AssociateAddress: "vpc:AssociateAddress" },
    tags: { part: "role" },
  },
  keepalived: {
    minKeepalivedVersion: "2.2.7",
    virtualRouterId: 51,
    advertInt: 2,
    authPass: { terraformVariable: "vrrp_password" },
    preemptDelaySeconds: 60,
    downTimerAdverts: 3,
    vrrpStartupDelaySeconds: 2,
    vrrpPriority: -5,
    vrrpNoSwap: true,
    garpMasterRepeat: 2,
    garpMasterRefreshRepeat: 3,
  },
  healthCheck: { command: "pgrep -x haproxy", packages: ["haproxy"], ...CHECK_TIMING },
  tags: { team: "ops" },
  backend: {
    type: "cos",
    region: "ap-singapore",
    bucket: "state-1250000000",
    prefix: "web",
    key: "web.tfstate",
    encrypt: false,
    acl: "public-read",
    accelerate: true,
    endpoint: "https://cos.example.com",
    domain: "example.com",
  },
};

/** A HAVIP, with everything that can be brought along. */
const BROUGHT = {
  ...COMMON,
  mechanism: "havip",
  network: {
    vpcId: "vpc-12345678",
    vpcCidrBlock: "10.0.0.0/16",
    subnetCidrBlock: "10.0.1.0/24",
    availabilityZone: "ap-singapore-1",
  },
  haVipId: "havip-12345678",
  publicIp: "203.0.113.7",
  additionalVips: [
    { vip: "10.0.1.102", haVipId: "havip-23456789", publicIp: "203.0.113.8" },
    { vip: "10.0.1.103", eip: { eipId: "eip-12345678", publicIp: "203.0.113.9" } },
  ],
  imageId: "img-487zeit5",
  placementGroup: { placementGroupId: "ps-12345678" },
  securityGroup: { securityGroupId: "sg-12345678" },
  role: { roleName: "web-role" },
  keepalived: {
    minKeepalivedVersion: "2.2.7",
    vrrpVersion: 3,
    advertInt: 2,
    vrrpRtPriority: 50,
    vrrpRlimitRttimeMicroseconds: 100_000,
  },
  healthChecks: [
    { tcp: 443, ...CHECK_TIMING },
    { http: "http://127.0.0.1/healthz", ...CHECK_TIMING },
    { process: "nginx", ...CHECK_TIMING },
  ],
  backend: { type: "local", path: "web.tfstate", workspaceDir: "workspaces" },
};

/** A HAVIP in a subnet that exists, with an EIP that exists, and no role. */
const SMALL = {
  ...COMMON,
  mechanism: "havip",
  network: {
    vpcId: "vpc-12345678",
    subnetId: "subnet-12345678",
    subnetCidrBlock: "10.0.1.0/24",
    availabilityZone: "ap-singapore-1",
  },
  eip: { eipId: "eip-12345678", publicIp: "203.0.113.7" },
  imageNameRegex: "^Rocky Linux 9",
  dataDisks: [{ type: "CLOUD_PREMIUM", sizeGb: 100, encrypt: true, deleteWithInstance: false }],
  role: "none",
  healthCheck: { tcp: 443 },
  cloudConfig: { packages: ["haproxy"], write_files: [{ path: "/etc/web", content: "a" }] },
  keepalived: { notifyCommands: ['logger "now $1"'], extraKeepalivedConf: "virtual_server 10.0.1.100 80 {\n}" },
  pairctl: {
    settleMs: 30,
    deadlineMs: 9000,
    allowForeign: true,
    apiEndpoints: ["https://vpc.tencentcloudapi.com"],
    metadataEndpoint: "http://169.254.0.23",
    httpsProxy: "http://10.0.1.5:3128",
  },
  backend: { type: "local" },
};

/** A private IP, whose nodes' agents tell each other what keepalived is: that leaves little room beside it. */
const TALKING = {
  ...COMMON,
  mechanism: "secondary-private-ip",
  network: NEW.network,
  parkingIp: NEW.parkingIp,
  imageId: "img-487zeit5",
  pairctl: { peerWord: true },
  backend: { type: "local" },
};

/** The files, by what each of them has. */
export const FULL_SETTINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "everything new": NEW,
  "everything brought": BROUGHT,
  "an existing subnet": SMALL,
  "agents that talk": TALKING,
};

/** The path of a key in settings. */
export type Path = readonly (string | number)[];

/** Every path of a value, those of sections and lists as well. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== "object" || value === null) return own;
  const below = Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [...own, ...below];
}
