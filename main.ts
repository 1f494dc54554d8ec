import { join } from "node:path";
import { parseArgs } from "node:util";
import { App } from "cdktf";
import { withoutTokenTraces } from "./constructs";
import { loadPairSettings, orExplain, pairStack, settingsFiles } from "./settings";

/**
 * Synthesizes the stack of the settings files, and prints where it is.
 *
 * @param args the arguments behind the program's name
 */
export function main(args: string[]): void {
  const program = () => {
    const { values } = parseArgs({ args, options: { settings: { type: "string" } } });
    // An app makes the folder of its output at once.
    const settings = loadPairSettings(settingsFiles(values.settings));
    const app = new App();
    const { node } = pairStack(app, settings);
    app.synth();
    console.log(join(app.outdir, "stacks", node.id, "cdk.tf.json"));
  };
  orExplain(() => withoutTokenTraces(program));
}

if (require.main === module) main(process.argv.slice(2));
