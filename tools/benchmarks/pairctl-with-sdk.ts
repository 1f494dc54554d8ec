// pairctl's job as a user of the cloud's own SDK for Node.js would write it: one attempt, no care for what can go wrong.
// Usage: pairctl-with-sdk.js SETTINGS
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { vpc } from "tencentcloud-sdk-nodejs";

interface Settings {
  readonly region: string;
  readonly vpcId: string;
  readonly virtualIps: readonly [{ readonly vip: string }];
  readonly privateIp: string;
  readonly roleName: string;
  readonly apiEndpoints: readonly [string];
  readonly metadataEndpoint: string;
}

const settings = JSON.parse(
  readFileSync(`${process.env["PAIRCTL_ROOT"]}/etc/pairctl/settings.json`, "utf8"),
) as Settings;
const [{ vip }] = settings.virtualIps;

function metadata(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${settings.metadataEndpoint}/latest/meta-data/${path}`, (answer) => {
      let body = "";
      answer.on("data", (chunk: Buffer) => (body += chunk.toString()));
      answer.on("end", () => resolve(body));
    }).on("error", reject);
  });
}

async function main(): Promise<void> {
  const keys = JSON.parse(await metadata(`cam/security-credentials/${settings.roleName}`)) as Record<string, string>;
  const endpoint = new URL(settings.apiEndpoints[0]);
  const client = new vpc.v20170312.Client({
    credential: { secretId: keys["TmpSecretId"], secretKey: keys["TmpSecretKey"], token: keys["Token"] },
    region: settings.region,
    profile: { httpProfile: { endpoint: endpoint.host, protocol: endpoint.protocol } },
  });
  const interfaceWith = async (address: string): Promise<string> => {
    const Filters = [
      { Name: "vpc-id", Values: [settings.vpcId] },
      { Name: "address-ip", Values: [address] },
    ];
    const { NetworkInterfaceSet } = await client.DescribeNetworkInterfaces({ Filters });
    const found = NetworkInterfaceSet?.find(({ PrivateIpAddressSet }) =>
      PrivateIpAddressSet?.some(({ PrivateIpAddress }) => PrivateIpAddress === address),
    );
    if (found?.NetworkInterfaceId === undefined) throw new Error(`no network interface has ${address}`);
    return found.NetworkInterfaceId;
  };
  const own = await interfaceWith(settings.privateIp);
  await client.MigratePrivateIpAddress({
    SourceNetworkInterfaceId: await interfaceWith(vip),
    DestinationNetworkInterfaceId: own,
    PrivateIpAddress: vip,
  });
  // As pairctl does, it looks whether the address has come, and not at the task: the pair's role, which both have, does not
  // allow DescribeVpcTaskResult, and with a role that does this program would only make a call more, since a task that has
  // ended says nothing of where the address is.
  for (let looks = 1; (await interfaceWith(vip)) !== own; looks += 1) {
    if (looks === 1000) throw new Error("the address does not come");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

void main();
