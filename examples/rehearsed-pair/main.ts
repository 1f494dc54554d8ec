// A pair with nginx, in a construct of a team's own, to be rehearsed on this machine:
//   npx cdktf synth && npm run rehearse -- --stack cdktf.out --subnet-cidr 172.16.8.0/22
import { App, TerraformStack } from "cdktf";
import { HaVip, HealthCheck, KeepalivedPair, Network, TencentcloudProvider } from "cdktf-tencentcloud-keepalived";
import { Construct } from "constructs";

/** A web site behind one address. */
class WebSite extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const subnet = Network.fromSubnetAttributes({
      vpcId: "vpc-8b3k2q1x",
      subnetId: "subnet-5r7t9w0e",
      cidrBlock: "172.16.8.0/22",
      availabilityZone: "ap-guangzhou-6",
    });
    new KeepalivedPair(this, "Pair", {
      name: "web-site",
      virtualIp: new HaVip(this, "Vip", { subnet, vip: "172.16.9.60", eip: { bandwidthMbps: 10 } }),
      region: "ap-guangzhou",
      primary: { privateIp: "172.16.9.61" },
      secondary: { privateIp: "172.16.9.62" },
      imageId: "img-487zeit5",
      healthChecks: [HealthCheck.http("http://127.0.0.1/")],
      ingress: [{ protocol: "TCP", port: "80,443", cidrBlock: "0.0.0.0/0" }],
      cloudConfig: {
        packages: ["nginx"],
        write_files: [{ path: "/etc/nginx/conf.d/tokens.conf", content: "server_tokens off;\n" }],
        runcmd: ["systemctl reload nginx"],
      },
    });
  }
}

/** The stack, so that a test can look at it. */
export function webSiteStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, "web-site");
  new TencentcloudProvider(stack, "Tencentcloud", { region: "ap-guangzhou" });
  new WebSite(stack, "WebSite");
  return stack;
}

if (require.main === module) {
  const app = new App();
  webSiteStack(app);
  app.synth();
}
