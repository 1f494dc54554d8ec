// A web site behind a public address: nginx on both nodes, in a VPC of its own.
import { App, TerraformStack } from "cdktf";
import {
  HealthCheck,
  KeepalivedPair,
  Network,
  PairOutputs,
  SecondaryPrivateIp,
  TencentcloudProvider,
} from "cdktf-tencentcloud-keepalived";

const REGION = "ap-singapore";

/** The stack, so that a test can look at it. */
export function webSiteStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, "web-site");
  new TencentcloudProvider(stack, "Tencentcloud", { region: REGION });
  const { subnet } = new Network(stack, "Network", {
    cidrBlock: "10.2.0.0/16",
    subnetCidrBlock: "10.2.1.0/24",
    availabilityZone: `${REGION}-1`,
  });
  const virtualIp = new SecondaryPrivateIp(stack, "Vip", {
    subnet,
    vip: "10.2.1.100",
    parkingIp: "10.2.1.101",
    eip: { bandwidthMbps: 10 },
  });
  const pair = new KeepalivedPair(stack, "WebSite", {
    name: "web-site",
    region: REGION,
    virtualIp,
    primary: { privateIp: "10.2.1.11" },
    secondary: { privateIp: "10.2.1.12" },
    image: "debian-12",
    healthChecks: [HealthCheck.http("http://127.0.0.1/")],
    ingress: [{ protocol: "TCP", port: "80", cidrBlock: "0.0.0.0/0", description: "web" }],
    cloudConfig: { packages: ["nginx"] },
  });
  new PairOutputs(stack, "Outputs", { pair });
  return stack;
}

if (require.main === module) {
  const app = new App();
  webSiteStack(app);
  app.synth();
}
