// Prints what a node of the stack of main.ts gets at its first boot: npm run show:user-data -- --help
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { NODE_ROLES, type NodeRole, unpackedProgram } from "../constructs/contract";
import { USER_DATA_LIMIT } from "../constructs/render/user-data";
import { pairsOf, type SynthesizedUserData } from "../constructs/testing";
import { loadPairSettings, orExplain, pairStack } from "../settings";

/** How the command is used. */
const USAGE = `usage: npm run show:user-data [-- options]
  primary, secondary   the node whose user data is printed (default: primary)
  --all                print the code of pairctl, too, instead of its version and size
  --help               this text

PAIR_SETTINGS names another settings file than pair.yaml. What is printed has the pair's auth_pass in it.
exit status: 0 printed, 1 the settings cannot be used, 2 wrong usage`;

/** The permissions of a file for which none are given (cloud-init documentation, module "Write Files"). */
const CLOUD_INIT_PERMISSIONS = "0644";

/** The keys of a cloud-config that have a place of their own in what is printed. */
const SHOWN_APART = ["write_files", "packages", "bootcmd", "runcmd"];

/** What the command line asks for. */
interface Options {
  readonly role: NodeRole;
  readonly all: boolean;
}

/**
 * Runs the command line, and sets the exit status of the process.
 *
 * @param argv the arguments behind the command's name
 */
export function main(argv: readonly string[]): void {
  if (argv.includes("--help")) return console.log(USAGE);
  const options = optionsOf(argv);
  if (typeof options === "string") {
    console.error(`${options}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  orExplain(() => {
    const pairs = pairsOf(synthesized(process.env["PAIR_SETTINGS"] ?? "pair.yaml"));
    for (const pair of pairs) console.log(readableUserData(pair[options.role].userData, options.all));
  });
}

/** What is asked for, or what is wrong with it. */
function optionsOf(argv: readonly string[]): Options | string {
  const roles = argv.filter((argument) => argument !== "--all");
  const wrong = roles.find((argument) => !NODE_ROLES.some((role) => role === argument));
  if (wrong !== undefined) return `an argument must be one of ${NODE_ROLES.join(", ")}, --all, --help, got '${wrong}'`;
  if (roles.length > 1)
    return `one node at most must be named, got '${roles.join(" ")}': run the command once for each`;
  return { role: (roles[0] as NodeRole | undefined) ?? "primary", all: argv.includes("--all") };
}

/** The stack of main.ts as Terraform reads it, synthesized into a folder that is removed again. */
function synthesized(settingsFile: string): string {
  const outdir = mkdtempSync(join(tmpdir(), "show-user-data-"));
  try {
    const app = new App({ outdir });
    const { node } = pairStack(app, loadPairSettings(settingsFile));
    app.synth();
    return readFileSync(join(outdir, "stacks", node.id, "cdk.tf.json"), "utf8");
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/**
 * What a node's user data says, for a reader: each file below its path and permissions, then packages and commands in
 * their order, then the size.
 *
 * @param all whether the code of pairctl is printed, too, instead of its version and size
 */
export function readableUserData(userData: SynthesizedUserData, all: boolean): string {
  const { files, packages, runcmd, document, characters } = userData;
  const others = Object.entries(document).filter(([key]) => !SHOWN_APART.includes(key));
  return [
    ...Object.entries(files).map(([path, file]) => {
      const program = unpackedProgram(file.content);
      const content = (program !== undefined && !all ? summary(program) : (program ?? file.content)).trimEnd();
      return section(`${path} (${file.permissions ?? CLOUD_INIT_PERMISSIONS})`, content);
    }),
    section("packages", packages.map(commandLine).join("\n")),
    section("bootcmd: before the files are written, and early at each boot", commandLines(document["bootcmd"])),
    section("runcmd: last, at the first boot only", commandLines(runcmd)),
    ...others.map(([key, value]) => section(key, JSON.stringify(value, null, 2))),
    `${thousands(characters)} of the ${thousands(USER_DATA_LIMIT)} characters that the cloud takes`,
  ].join("\n\n");
}

function section(title: string, content: string): string {
  return `==> ${title}\n${content}`;
}

/** Asks the code itself which version it is of. */
function summary(program: string): string {
  const version = execFileSync(process.execPath, ["-", "--version"], { input: program, encoding: "utf8" });
  return `pairctl ${version.split("\n")[0]}, ${thousands(Buffer.byteLength(program))} bytes once unpacked (--all prints them)`;
}

function commandLines(commands: unknown): string {
  return ((commands ?? []) as unknown[]).map(commandLine).join("\n");
}

/** A command as it is given: a line for the shell, or its words, of which those are quoted that need it. */
function commandLine(command: unknown): string {
  if (!Array.isArray(command)) return typeof command === "string" ? command : JSON.stringify(command);
  return command.map((word) => (/^[\w./=:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}

function thousands(count: number): string {
  return count.toLocaleString("en-US");
}

if (require.main === module) main(process.argv.slice(2));
