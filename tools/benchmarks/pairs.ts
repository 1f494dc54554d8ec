// Synthesizes an app with as many pairs as the environment variable PAIRS says, each in a subnet of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { HaVip, KeepalivedPair, Network, withoutTokenTraces } from "../../constructs";
import { TencentcloudProvider } from "../../constructs/provider";

const outdir = mkdtempSync(join(tmpdir(), "bench-pairs-"));
withoutTokenTraces(() => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "pairs");
  const region = "ap-singapore";
  new TencentcloudProvider(stack, "Tencentcloud", { region });
  for (let pair = 0; pair < Number(process.env["PAIRS"]); pair += 1) {
    const address = (last: number) => `10.0.${pair}.${last}`;
    const { subnet } = new Network(stack, `Network${pair}`, {
      cidrBlock: "10.0.0.0/16",
      subnetCidrBlock: `${address(0)}/24`,
      availabilityZone: `${region}-1`,
    });
    new KeepalivedPair(stack, `Pair${pair}`, {
      virtualIp: new HaVip(stack, `Vip${pair}`, { subnet, vip: address(100), eip: { bandwidthMbps: 10 } }),
      region,
      primary: { privateIp: address(11) },
      secondary: { privateIp: address(12) },
      imageId: "img-487zeit5",
    });
  }
  app.synth();
});
rmSync(outdir, { recursive: true });
