import { parseArgs } from "node:util";
import { LocalCloud } from "../local-cloud.ts";
import { type Assumptions, parseAssumptions } from "../services/assumptions.ts";
import { SnapshotError } from "../snapshot.ts";
import { StateFile, StateFileInUseError } from "../state-file.ts";

const USAGE = `usage: npm run local-cloud [-- options]      serves a cloud on this machine until it is interrupted
  --port N      where its API listens on 127.0.0.1 (default: any free port)
  --region R    its only region (default: the state file's, else ap-singapore)
  --state FILE  goes on from this file, such as .local-cloud/web-pair/cloud.json of a local deployment, and writes
                it again at the end (default: an empty cloud that is forgotten)
  --assume A    another reading of what no document settles, such as eip-of-migrated-address=stays; may be repeated
  --help        this text
exit status: 0 interrupted after a good start, 2 it cannot start`;

/** The command line cannot be understood; the message says how it should be. */
class UsageError extends Error {}

interface Options {
  readonly port: number;
  readonly region: string | undefined;
  readonly state: string | undefined;
  readonly assumptions: Partial<Assumptions>;
  readonly help: boolean;
}

/** Where a command says what it has to say. */
type Terminal = Pick<Console, "log" | "error">;

/**
 * Serves a local cloud until the process is interrupted.
 *
 * @param args the command line, without the program
 * @returns the exit status
 */
export async function serve(args: string[], { log, error }: Terminal): Promise<number> {
  try {
    const options = parse(args);
    if (options.help) log(USAGE);
    else await serveUntilInterrupted(options, log);
    return 0;
  } catch (problem) {
    error(problem instanceof UsageError ? `${problem.message}\n${USAGE}` : (problem as Error).message);
    const cannotStart = [UsageError, SnapshotError, StateFileInUseError];
    return cannotStart.some((kind) => problem instanceof kind) || "code" in (problem as object) ? 2 : 1;
  }
}

function parse(args: string[]): Options {
  const { port, region, state, assume, help } = parseStrictly(args);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(`--port must be a port, got '${port}'`);
  return { port: Number(port), region, state, assumptions: readAssumptions(assume), help };
}

function parseStrictly(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string", default: "0" },
        region: { type: "string" },
        state: { type: "string" },
        assume: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readAssumptions(texts: readonly string[]): Partial<Assumptions> {
  try {
    return parseAssumptions(texts);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function serveUntilInterrupted(
  { port, region, state, assumptions }: Options,
  say: Terminal["log"],
): Promise<void> {
  using file = state === undefined ? undefined : new StateFile(state);
  const snapshot = file?.read();
  await using cloud = await LocalCloud.start({
    region: region ?? snapshot?.region ?? "ap-singapore",
    api: [{ host: "127.0.0.1", port }],
    admin: true,
    assumptions,
    ...(snapshot === undefined ? {} : { snapshot }),
  });
  say(`A Tencent Cloud of ${cloud.region} on this machine: ${cloud.apiUrls[0]}/_local/`);
  await new Promise<void>((resolve) => {
    // The listening sockets keep the process alive.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  file?.write(await cloud.snapshot());
}
