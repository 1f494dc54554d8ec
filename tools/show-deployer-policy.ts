// Prints what the account that deploys a stack must be allowed: npm run show:deployer-policy -- --help
import { readFileSync } from "node:fs";
import { App, Testing } from "cdktf";
import { deployerPolicy, type DeployerPolicy } from "../constructs/deployer/deployer-policy";
import { loadPairSettings, orExplain, pairStack } from "../settings";

/** How the command is used. */
const USAGE = `usage: npm run show:deployer-policy [-- FILE]
  FILE     the cdk.tf.json of a synthesized stack (default: the stack of pair.yaml)
  --help   this text

Prints a policy of CAM's for whoever runs 'cdktf deploy'. PAIR_SETTINGS names another settings file than pair.yaml.
exit status: 0 printed, 1 the settings or the file cannot be used, 2 wrong usage`;

/**
 * Runs the command line, and sets the exit status of the process.
 *
 * @param argv the arguments behind the command's name
 */
export function main(argv: readonly string[]): void {
  if (argv.includes("--help")) return console.log(USAGE);
  if (argv.length > 1 || argv[0]?.startsWith("-")) {
    console.error(`one file at most must be named, got '${argv.join(" ")}'\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const [file] = argv;
  orExplain(() => {
    const policy = file === undefined ? deployerPolicy(shippedStack()) : policyOf(file);
    if (policy === undefined) return;
    const { document, unknownTypes } = policy;
    console.log(JSON.stringify(document, null, 2));
    if (unknownTypes.length > 0) {
      console.error(`not in it, since this library does not make them: ${unknownTypes.join(", ")}`);
    }
  });
}

function shippedStack(): string {
  return Testing.synth(pairStack(new App(), loadPairSettings(process.env["PAIR_SETTINGS"] ?? "pair.yaml")), true);
}

/** The policy for the stack of a file; undefined, with a word of why, where there is none. */
function policyOf(file: string): DeployerPolicy | undefined {
  try {
    return deployerPolicy(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(
      `FILE must be the cdk.tf.json of a synthesized stack, got '${file}': ${(error as Error).message}; ` +
        "run 'npx cdktf synth' and look below cdktf.out/stacks/",
    );
    process.exitCode = 1;
    return undefined;
  }
}

if (require.main === module) main(process.argv.slice(2));
