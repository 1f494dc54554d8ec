// An ES module of another team's: every entry point is imported by name, and wrong types are refused.
import { App, TerraformStack, Testing } from "cdktf";
import {
  HaVip,
  KeepalivedPair,
  type KeepalivedPairProps,
  Network,
  TencentcloudProvider,
} from "cdktf-tencentcloud-keepalived";
import { Instance } from "cdktf-tencentcloud-keepalived/provider";
import { letsVrrpPass, pairsOf } from "cdktf-tencentcloud-keepalived/testing";

const stack = new TerraformStack(new App(), "web");
new TencentcloudProvider(stack, "Tencentcloud", { region: "ap-guangzhou" });
const network = new Network(stack, "Network", {
  cidrBlock: "10.0.0.0/16",
  subnetCidrBlock: "10.0.1.0/24",
  availabilityZone: "ap-guangzhou-6",
});
const props: KeepalivedPairProps = {
  virtualIp: new HaVip(stack, "Vip", { subnet: network.subnet, vip: "10.0.1.100" }),
  region: "ap-guangzhou",
  primary: { privateIp: "10.0.1.11" },
  secondary: { privateIp: "10.0.1.12" },
  imageId: "img-487zeit5",
};
const pair = new KeepalivedPair(stack, "Pair", props);
if (!(pair.instances.primary instanceof Instance)) throw new Error("the primary is not of the exported class");

const [found] = pairsOf(Testing.synth(stack));
if (found?.vip !== "10.0.1.100" || !letsVrrpPass(found)) throw new Error("the pair was not synthesized");

// @ts-expect-error -- a number is no address: were the types missing, anything would be taken
export const wrong = (): HaVip => new HaVip(stack, "Wrong", { subnet: network.subnet, vip: 100 });
