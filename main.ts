import { join } from "node:path";
import { App } from "cdktf";
import { loadPairSettings, orExplain, pairStack } from "./settings";

orExplain(() => {
  // An app makes the folder of its output at once.
  const settings = loadPairSettings(process.env.PAIR_SETTINGS ?? "pair.yaml");
  const app = new App();
  const { node } = pairStack(app, settings);
  app.synth();
  console.log(join(app.outdir, "stacks", node.id, "cdk.tf.json"));
});
