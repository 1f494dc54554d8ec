// Redis behind one address, as an app of cdktn.
import { App, TerraformStack } from "cdktn";
import {
  HealthCheck,
  KeepalivedPair,
  Network,
  PairOutputs,
  SecondaryPrivateIp,
  TencentcloudProvider,
} from "cdktn-tencentcloud-keepalived";

const REGION = "ap-singapore";

/** The stack, so that a test can look at it. */
export function cacheStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, "cache");
  new TencentcloudProvider(stack, "Tencentcloud", { region: REGION });
  const { subnet } = new Network(stack, "Network", {
    cidrBlock: "10.5.0.0/16",
    subnetCidrBlock: "10.5.1.0/24",
    availabilityZone: `${REGION}-1`,
  });
  const pair = new KeepalivedPair(stack, "Cache", {
    name: "cache",
    region: REGION,
    virtualIp: new SecondaryPrivateIp(stack, "Vip", { subnet, vip: "10.5.1.100", parkingIp: "10.5.1.101" }),
    primary: { privateIp: "10.5.1.11" },
    secondary: { privateIp: "10.5.1.12" },
    image: "debian-12",
    healthChecks: [HealthCheck.tcp(6379)],
    ingress: [{ protocol: "TCP", port: "6379", cidrBlock: "10.5.0.0/16", description: "Redis" }],
    cloudConfig: { packages: ["redis-server"] },
  });
  new PairOutputs(stack, "Outputs", { pair });
  return stack;
}

if (require.main === module) {
  const app = new App();
  cacheStack(app);
  app.synth();
}
