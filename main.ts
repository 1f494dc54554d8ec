import { App, CosBackend, LocalBackend, TerraformStack } from "cdktf";
import {
  HaVip,
  HealthCheck,
  KeepalivedPair,
  Network,
  PairOutputs,
  SecondaryPrivateIp,
  TencentcloudProvider,
} from "./constructs";
import { loadPairSettings, orExplain } from "./settings";

orExplain(() => {
  const settings = loadPairSettings(process.env.PAIR_SETTINGS ?? "pair.yaml");
  const { name, region, tags, network } = settings;

  const app = new App();
  const stack = new TerraformStack(app, name);
  new TencentcloudProvider(stack, "Tencentcloud", { region });
  if (settings.backend.type === "cos") new CosBackend(stack, settings.backend);
  else new LocalBackend(stack);

  const subnet =
    "subnetId" in network
      ? Network.fromSubnetAttributes({ ...network, cidrBlock: network.subnetCidrBlock })
      : new Network(stack, "Network", { ...network, name, tags }).subnet;

  const vipProps = { subnet, vip: settings.vip, eip: settings.eip, name, tags };
  const virtualIp =
    settings.mechanism === "havip"
      ? new HaVip(stack, "Vip", vipProps)
      : new SecondaryPrivateIp(stack, "Vip", { ...vipProps, parkingIp: settings.parkingIp });

  const pair = new KeepalivedPair(stack, "Pair", {
    ...settings,
    ...settings.keepalived,
    ...settings.hook,
    keyPairs: settings.keyIds?.map((keyId) => ({ keyId })),
    virtualIp,
    healthChecks: settings.healthCheck ? [HealthCheck.command(settings.healthCheck.command, settings.healthCheck)] : [],
  });

  new PairOutputs(stack, "Outputs", { pair });

  app.synth();
});
