import { SnapshotError, StateFileInUseError } from "local-cloud";
import { settingsFiles } from "../../settings-files/src/settings-files.ts";
import type { CdktfCommand } from "./cdktf.ts";
import { openDeployment } from "./deployment.ts";
import { ProgramError } from "./program.ts";
import { type LocalCommand, type LocalOptions, parseLocalOptions, USAGE, UsageError } from "./options.ts";
import { plainOutput, wantsPlainOutput } from "./plain-output.ts";
import { PrerequisitesError } from "./prerequisites.ts";
import { LocalSettingsError } from "./settings.ts";

/** What cdktf calls it. */
const CDKTF_COMMANDS = { deploy: "deploy", plan: "diff", destroy: "destroy" } as const satisfies Record<
  LocalCommand,
  CdktfCommand
>;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Where a command says what it has to say. */
type Terminal = Pick<Console, "log" | "error">;

/**
 * Deploys the stack to a local cloud, says what a deploy would change there, or takes it down again.
 *
 * @param args the command line, without the program
 * @returns the exit status
 */
export async function deploy(args: string[], { log, error }: Terminal): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    const options = parseLocalOptions(args);
    if (options.help) log(USAGE);
    else await run(options, interruption.signal, log);
    return 0;
  } catch (problem) {
    if (interruption.signal.aborted) return 130;
    error(problem instanceof UsageError ? `${problem.message}\n${USAGE}` : (problem as Error).message);
    const cannotStart = [
      UsageError,
      PrerequisitesError,
      LocalSettingsError,
      ProgramError,
      SnapshotError,
      StateFileInUseError,
    ];
    return cannotStart.some((kind) => problem instanceof kind) ? 2 : 1;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}

async function run(
  { command, mechanism, settings, app, subnetCidr, port }: LocalOptions,
  interruption: AbortSignal,
  say: Terminal["log"],
): Promise<void> {
  const begun = performance.now();
  const write = (text: string) => void process.stdout.write(text);
  const settingsFile = settingsFiles(settings);
  const source =
    app === undefined ? { settingsFile, ...(mechanism === undefined ? {} : { mechanism }) } : { app, subnetCidr };
  await using deployment = await openDeployment({
    ...source,
    interruption,
    write: wantsPlainOutput(process.stdout.isTTY, process.env) ? plainOutput(write) : write,
    cloud: { api: [{ host: "127.0.0.1", port }], admin: true },
  });
  const { cloud, folder, prepared } = deployment;
  let calls = 0;
  let ours = performance.now() - begun;
  cloud.on("call", ({ ms }) => {
    calls += 1;
    ours += ms;
  });
  say(`A Tencent Cloud of ${cloud.region} on this machine: ${cloud.apiUrls[0]}/_local/, its state in ${folder}`);
  if (prepared.length > 0) say(`The account has, since ${app ?? settingsFile} names them: ${prepared.join("; ")}`);
  try {
    await deployment.cdktf(CDKTF_COMMANDS[command]);
  } finally {
    // Also after a failure: Terraform's state has what was made before it.
    const saving = performance.now();
    await deployment.save();
    ours += performance.now() - saving;
  }
  const total = ((performance.now() - begun) / 1000).toFixed(1);
  say(`\n${calls} calls. Of ${total} s, the local cloud took ${(ours / 1000).toFixed(2)} s; the rest is`);
  say("Terraform, cdktf, and the provider's own waiting: about 20 s where it makes role, policy and attachment.");
}
