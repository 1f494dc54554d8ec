// A pair in a subnet that exists, in a stack of your own: npm i cdktf constructs cdktf-tencentcloud-keepalived
import { App, TerraformStack } from "cdktf";
import { HaVip, HealthCheck, KeepalivedPair, Network, TencentcloudProvider } from "cdktf-tencentcloud-keepalived";

/** The stack, so that a test can look at it. */
export function databaseStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, "database");
  new TencentcloudProvider(stack, "Tencentcloud", { region: "ap-guangzhou" });
  const subnet = Network.fromSubnetAttributes({
    vpcId: "vpc-8b3k2q1x",
    subnetId: "subnet-5r7t9w0e",
    cidrBlock: "172.16.8.0/22",
    availabilityZone: "ap-guangzhou-6",
  });
  const virtualIp = new HaVip(stack, "Vip", { subnet, vip: "172.16.9.50" });
  new KeepalivedPair(stack, "Database", {
    virtualIp,
    region: "ap-guangzhou",
    primary: { privateIp: "172.16.9.51" },
    secondary: { privateIp: "172.16.9.52" },
    imageId: "img-487zeit5",
    healthChecks: [HealthCheck.tcp(3306)],
    cloudConfig: { packages: ["mariadb-server"] },
    ingress: [{ protocol: "TCP", port: "3306", cidrBlock: "172.16.0.0/16", description: "MySQL" }],
  });
  return stack;
}

if (require.main === module) {
  const app = new App();
  databaseStack(app);
  app.synth();
}
