// Deploys the stack to a local cloud and takes it down again: npm run deploy:local -- --help
import { SnapshotError, StateFileInUseError } from "local-cloud";
import { openDeployment } from "./deployment.ts";
import { type LocalOptions, parseLocalOptions, USAGE, UsageError } from "./options.ts";
import { PrerequisitesError } from "./prerequisites.ts";
import { LocalSettingsError } from "./settings.ts";

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort());

async function main({ command, mechanism, port }: LocalOptions): Promise<number> {
  const begun = performance.now();
  const settingsFile = process.env["PAIR_SETTINGS"] ?? "pair.yaml";
  await using deployment = await openDeployment({
    settingsFile,
    ...(mechanism === undefined ? {} : { mechanism }),
    interruption: interruption.signal,
    write: (text) => process.stdout.write(text),
    cloud: { api: [{ host: "127.0.0.1", port }], admin: true },
  });
  const { cloud, folder, prepared } = deployment;
  let calls = 0;
  let ours = performance.now() - begun;
  cloud.on("call", ({ ms }) => {
    calls += 1;
    ours += ms;
  });
  console.log(
    `A Tencent Cloud of ${cloud.region} on this machine: ${cloud.apiUrls[0]}/_local/, its state in ${folder}`,
  );
  if (prepared.length > 0) console.log(`The account has, since ${settingsFile} names them: ${prepared.join("; ")}`);
  try {
    await deployment.cdktf(command);
  } finally {
    // Also after a failure: Terraform's state has what was made before it.
    const saving = performance.now();
    await deployment.save();
    ours += performance.now() - saving;
  }
  const total = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`\n${calls} calls. Of ${total} s, the local cloud took ${(ours / 1000).toFixed(2)} s; the rest is`);
  console.log(
    "Terraform, cdktf, and the provider's own waiting: about 20 s where it makes role, policy and attachment.",
  );
  return 0;
}

function explain(error: Error): number {
  if (interruption.signal.aborted) return 130;
  console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
  const cannotStart = [UsageError, PrerequisitesError, LocalSettingsError, SnapshotError, StateFileInUseError];
  return cannotStart.some((kind) => error instanceof kind) ? 2 : 1;
}

try {
  const argv = process.argv.slice(2);
  const options = parseLocalOptions(argv);
  if (options.help) console.log(USAGE);
  else process.exitCode = await main(options);
} catch (error) {
  process.exitCode = explain(error as Error);
}
