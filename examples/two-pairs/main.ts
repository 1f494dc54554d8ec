// Two pairs in one subnet: each has addresses and a virtual router id of its own.
import { App, TerraformStack } from "cdktf";
import {
  HealthCheck,
  type ISubnet,
  KeepalivedPair,
  Network,
  PairOutputs,
  SecondaryPrivateIp,
  TencentcloudProvider,
} from "cdktf-tencentcloud-keepalived";
import { Construct } from "constructs";

const REGION = "ap-singapore";

interface ServiceProps {
  readonly subnet: ISubnet;
  /** The third number of the addresses: the VIP ends in .100, the parking address in .101, the nodes in .11 and .12. */
  readonly block: number;
  /** Other than that of any other pair in the subnet. */
  readonly virtualRouterId: number;
  readonly packages: readonly string[];
  readonly port: number;
}

/** A service that one Debian package brings, behind an address of its own. */
class Service extends Construct {
  constructor(scope: Construct, id: string, { subnet, block, virtualRouterId, packages, port }: ServiceProps) {
    super(scope, id);
    const address = (last: number) => `10.3.${block}.${last}`;
    const pair = new KeepalivedPair(this, "Pair", {
      name: id.toLowerCase(),
      region: REGION,
      virtualRouterId,
      virtualIp: new SecondaryPrivateIp(this, "Vip", { subnet, vip: address(100), parkingIp: address(101) }),
      primary: { privateIp: address(11) },
      secondary: { privateIp: address(12) },
      image: "debian-12",
      healthChecks: [HealthCheck.tcp(port)],
      ingress: [{ protocol: "TCP", port: String(port), cidrBlock: "10.3.0.0/16" }],
      cloudConfig: { packages },
    });
    new PairOutputs(this, "Outputs", { pair, prefix: `${id.toLowerCase()}_` });
  }
}

/** The stack, so that a test can look at it. */
export function servicesStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, "services");
  new TencentcloudProvider(stack, "Tencentcloud", { region: REGION });
  const { subnet } = new Network(stack, "Network", {
    cidrBlock: "10.3.0.0/16",
    subnetCidrBlock: "10.3.0.0/20",
    availabilityZone: `${REGION}-1`,
  });
  new Service(stack, "Web", { subnet, block: 1, virtualRouterId: 51, packages: ["nginx"], port: 80 });
  new Service(stack, "Cache", { subnet, block: 2, virtualRouterId: 52, packages: ["redis-server"], port: 6379 });
  return stack;
}

if (require.main === module) {
  const app = new App();
  servicesStack(app);
  app.synth();
}
