import { parseArgs } from "node:util";
import { type Mechanism, MECHANISMS } from "pairctl/contract";

/** What is done with the stack, in Terraform's words. */
const COMMANDS = ["deploy", "plan", "destroy"] as const;

/** See {@link COMMANDS}. */
export type LocalCommand = (typeof COMMANDS)[number];

/** What the command line asks for. */
export interface LocalOptions {
  readonly command: LocalCommand;
  /** @default - the one of the settings */
  readonly mechanism: Mechanism | undefined;
  /** Settings files with commas between them. @default - those of PAIR_SETTINGS, or pair.yaml */
  readonly settings: string | undefined;
  /** The folder of a program of the user's own. @default - the stack of the settings */
  readonly app: string | undefined;
  /** The range of a subnet that exists already. @default - the program's stack says it */
  readonly subnetCidr: string | undefined;
  /** Of the API; 0: any free one. */
  readonly port: number;
  /** Only say how the command is used. */
  readonly help: boolean;
}

/** The command line cannot be understood; the message says how it should be. */
export class UsageError extends Error {}

/** How the command is used. */
export const USAGE = `usage: npm run deploy:local [-- options]     deploys the stack of pair.yaml to a cloud on this machine
       npm run plan:local [-- options]       says what a deploy would change there
       npm run destroy:local [-- options]    takes it down again
  --mechanism M   havip or secondary-private-ip (default: the one of the settings)
  --settings F,…  settings files, each of which overlays those before it (default: PAIR_SETTINGS, or pair.yaml)
  --app FOLDER    a program of your own instead, by the folder of its cdktf.json
  --subnet-cidr CIDR
                  the range of its subnet, where that exists already
  --port N        where the cloud's API listens on 127.0.0.1 (default: any free port)
  --help          this text

What is deployed is kept in .local-cloud/<name>.
exit status: 0 done, 1 not done, 2 it cannot start, 130 interrupted`;

/**
 * Reads the command line.
 *
 * @throws UsageError which names the option, shows the value and says what it must be
 */
export function parseLocalOptions([first = "", ...argv]: readonly string[]): LocalOptions {
  const command = COMMANDS.find((name) => name === first);
  if (!command) throw new UsageError(`the command must be one of ${COMMANDS.join(", ")}, got '${first}'`);
  const { mechanism, settings, app, "subnet-cidr": subnetCidr, port, help } = parse(argv);
  if (mechanism !== undefined && !MECHANISMS.some((name) => name === mechanism)) {
    throw new UsageError(`--mechanism must be one of ${MECHANISMS.join(", ")}, got '${mechanism}'`);
  }
  if (app !== undefined && mechanism !== undefined)
    throw new UsageError(`--mechanism is that of the program, got '${mechanism}' with --app: leave it out`);
  if (app === undefined && subnetCidr !== undefined)
    throw new UsageError(`--subnet-cidr goes with --app FOLDER, got '${subnetCidr}' without it`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(`--port must be a port, got '${port}'`);
  const asked = { mechanism: mechanism as Mechanism | undefined, settings, app, subnetCidr, port: Number(port), help };
  return { command, ...asked };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        mechanism: { type: "string" },
        settings: { type: "string" },
        app: { type: "string" },
        "subnet-cidr": { type: "string" },
        port: { type: "string", default: "0" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
