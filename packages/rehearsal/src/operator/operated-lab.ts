import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mechanism } from "pairctl/contract";
import { Provider } from "../deploy/provider.ts";
import { ensureInotifyInstances } from "../machine/inotify.ts";
import { Leftover } from "../machine/leftover.ts";
import { ensurePrerequisites, thisMachine } from "../machine/prerequisites.ts";
import { ensureRoomFor, rootFilesystem } from "../nodes/root-filesystem.ts";
import { LabProcess } from "../run/lab-process.ts";
import { synthesizedPair } from "../stack/synth.ts";
import type { OperatedPairOptions } from "./operated-pair.ts";
import { requirePairBuilt } from "./pair-command.ts";

const SYSTEM = { debian: "12" } as const;

/** Gets this machine ready. @returns the nodes' root filesystem */
export async function prepareMachine(interruption: AbortSignal): Promise<string> {
  requirePairBuilt();
  ensureRoomFor(SYSTEM);
  ensureInotifyInstances(1);
  ensurePrerequisites(thisMachine(console.log));
  interruption.throwIfAborted();
  return rootFilesystem(SYSTEM, console.log, interruption);
}

/** What a lab in which a pair is operated is started with. */
export interface OperatedLabOptions<More> {
  readonly mechanism: Mechanism;
  /** The nodes' root filesystem. */
  readonly root: string;
  /** The URL of the module that runs in it. */
  readonly inside: URL;
  /** What that is told beside what every lab is. */
  readonly more: More;
  readonly interruption: AbortSignal;
}

/** What every such lab tells: progress, why it has ended before its time, and what else it has to say. */
type Told<Message> =
  Message | { readonly kind: "says"; readonly line: string } | { readonly kind: "failed"; readonly cause: string };

/**
 * Runs a lab to its end.
 *
 * @param onMessage told what it has to say
 * @returns why it has ended before its time; undefined where it has not
 */
export async function runOperatedLab<More extends object, Message extends { readonly kind: string }>(
  { mechanism, root, inside, more, interruption }: OperatedLabOptions<More>,
  onMessage: (message: Message) => void,
): Promise<string | undefined> {
  await using folder = new Leftover(mkdtempSync(join(tmpdir(), "rehearsal-stack-")), "files");
  await using provider = await Provider.fetch(synthesizedPair("pair.yaml", mechanism, folder.path).path);
  const spec: Omit<OperatedPairOptions, "cgroups"> & More = {
    ...{ stack: null, settingsFile: "pair.yaml", settings: {}, mechanism, rootFilesystem: root, packages: null },
    ...{ system: "Debian 12", plugins: provider.plugins, taskMs: 200, arpDelayMs: 20, stableMs: 2_000 },
    ...{ assumptions: {}, ...more },
  };
  const program = ["--import", import.meta.resolve("tsx"), fileURLToPath(inside)];
  await using lab = LabProcess.start({ spec, number: 1, interruption, onOutput: console.log, program });
  let cause: string | undefined;
  for await (const message of lab.messages() as AsyncIterable<unknown> as AsyncIterable<Told<Message>>) {
    if (isSaid(message)) console.log(message.line);
    else if (isFailure(message)) cause = message.cause;
    else onMessage(message as Message);
  }
  const status = await lab.ended;
  interruption.throwIfAborted();
  return status === 0 ? undefined : (cause ?? lab.lastLines.join("\n"));
}

const isSaid = (message: { kind: string }): message is { kind: "says"; line: string } => message.kind === "says";
const isFailure = (message: { kind: string }): message is { kind: "failed"; cause: string } =>
  message.kind === "failed";
