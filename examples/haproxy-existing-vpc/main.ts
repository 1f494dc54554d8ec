// HAProxy in front of servers that exist: a pair in a new subnet of their VPC.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  HaVip,
  HealthCheck,
  KeepalivedPair,
  Network,
  PairOutputs,
  TencentcloudProvider,
} from "cdktf-tencentcloud-keepalived";

const REGION = "ap-guangzhou";

/** The stack, so that a test can look at it. */
export function loadBalancerStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, "load-balancer");
  new TencentcloudProvider(stack, "Tencentcloud", { region: REGION });
  const vpc = Network.fromVpcAttributes({ vpcId: "vpc-8b3k2q1x", cidrBlock: "172.16.0.0/16" });
  const { subnet } = new Network(stack, "Network", {
    vpc,
    subnetCidrBlock: "172.16.20.0/24",
    availabilityZone: `${REGION}-6`,
  });
  const pair = new KeepalivedPair(stack, "LoadBalancer", {
    name: "load-balancer",
    region: REGION,
    virtualIp: new HaVip(stack, "Vip", { subnet, vip: "172.16.20.100" }),
    primary: { privateIp: "172.16.20.11" },
    secondary: { privateIp: "172.16.20.12" },
    image: "debian-12",
    // HAProxy itself, not the servers behind it: where those are ill, the other node would be no better.
    healthChecks: [HealthCheck.http("http://127.0.0.1:8404/")],
    ingress: [{ protocol: "TCP", port: "80", cidrBlock: vpc.cidrBlock, description: "clients in the VPC" }],
    cloudConfig: {
      packages: ["haproxy"],
      write_files: [
        { path: "/etc/haproxy/haproxy.cfg", content: readFileSync(join(__dirname, "haproxy.cfg"), "utf8") },
      ],
    },
  });
  new PairOutputs(stack, "Outputs", { pair });
  return stack;
}

if (require.main === module) {
  const app = new App();
  loadBalancerStack(app);
  app.synth();
}
