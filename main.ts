import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { HaVip, KeepalivedPair, Network, PairOutputs, SecondaryPrivateIp, TencentcloudProvider } from "./constructs";
import { declareBackend, healthCheckOf, loadPairSettings, orExplain, type PairSettings } from "./settings";

/** The stack that the settings ask for, so that a test can look at it. */
export function pairStack(app: App, settings: PairSettings): TerraformStack {
  const { name, region, tags, network } = settings;
  const stack = new TerraformStack(app, name);
  new TencentcloudProvider(stack, "Tencentcloud", { region });
  // replace_triggered_by, terraform_data and check blocks.
  stack.addOverride("terraform.required_version", ">= 1.5");
  declareBackend(stack, settings.backend);

  const { subnetCidrBlock, availabilityZone, ...vpc } = network;
  const subnet =
    "subnetId" in vpc
      ? Network.fromSubnetAttributes({ ...vpc, cidrBlock: subnetCidrBlock, availabilityZone })
      : new Network(stack, "Network", { ...network, ...vpc, name, tags }).subnet;

  const vipProps = { subnet, vip: settings.vip, eip: settings.eip, name, tags };
  const virtualIp =
    settings.mechanism === "havip"
      ? new HaVip(stack, "Vip", vipProps)
      : new SecondaryPrivateIp(stack, "Vip", { ...vipProps, parkingIp: settings.parkingIp });

  const pair = new KeepalivedPair(stack, "Pair", {
    name,
    region,
    tags,
    virtualIp,
    primary: settings.primary,
    secondary: settings.secondary,
    image: settings.image,
    imageId: settings.imageId,
    imageNameRegex: settings.imageNameRegex,
    instanceType: settings.instanceType,
    keyPairs: settings.keyIds?.map((keyId) => ({ keyId })),
    ingress: settings.ingress,
    healthChecks: settings.healthCheck ? [healthCheckOf(settings.healthCheck)] : [],
    ...settings.keepalived,
    ...settings.pairctl,
  });

  new PairOutputs(stack, "Outputs", { pair });
  return stack;
}

if (require.main === module) {
  orExplain(() => {
    // An app makes the folder of its output at once.
    const settings = loadPairSettings(process.env.PAIR_SETTINGS ?? "pair.yaml");
    const app = new App();
    const { node } = pairStack(app, settings);
    app.synth();
    console.log(join(app.outdir, "stacks", node.id, "cdk.tf.json"));
  });
}
