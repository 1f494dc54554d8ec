import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { providerEnvironment } from "deployment";
import type { LocalCloud } from "local-cloud";
import type { Mechanism } from "pairctl/contract";
import { eachLine } from "../machine/process.ts";
import type { Moment } from "./moments.ts";

const COMMAND = fileURLToPath(new URL("../../../acceptance/src/cli.ts", import.meta.url));

/** What an acceptance is run with. */
export interface AcceptanceRunOptions {
  readonly cloud: LocalCloud;
  readonly mechanism: Mechanism;
  /** Where the provider is. */
  readonly plugins: string;
  /** Where it keeps its state and report. */
  readonly folder: string;
  /** What its pair is called. */
  readonly name: string;
  /** When it gets a SIGINT; undefined: never. */
  readonly interruptAt: Moment | undefined;
  /** Told each line that it writes. */
  readonly say: (line: string) => void;
}

/** A judged assumption in a report, as far as it is looked at. */
export interface ReportedClaim {
  readonly name: string;
  readonly verdict: string;
  readonly seen: string;
}

/** What a rehearsal reads of a report. */
export interface AcceptanceReport {
  readonly failure: string | null;
  readonly faults: readonly { readonly fault: string; readonly passed: boolean; readonly outageMs: number | null }[];
  readonly assumptions: readonly ReportedClaim[];
}

/** The command `npm run acceptance`, as it is, against a local cloud. */
export class AcceptanceRun {
  /** Its exit status, once it has ended. */
  readonly ended: Promise<number>;
  hasEnded = false;
  /** Whether it got its SIGINT while it ran. */
  wasInterrupted = false;
  /** Whether the moment of its SIGINT has begun. */
  #hasBegun = false;
  readonly #child: ChildProcess;

  constructor(private readonly options: AcceptanceRunOptions) {
    const { cloud, mechanism, plugins, folder, name } = options;
    mkdirSync(folder, { recursive: true });
    // As an earlier run would have left it: the name is known before the pair is.
    writeFileSync(join(folder, "settings.yaml"), `name: ${name}\n`);
    const own = ["--region", cloud.region, "--mechanism", mechanism, "--folder", folder, "--yes"];
    // The client of the lab is the third machine.
    const args = ["--import", import.meta.resolve("tsx"), COMMAND, ...own, "--probe-through", "ip netns exec client"];
    const env = { ...process.env, ...providerEnvironment(cloud, "", process.env) };
    this.#child = spawn(process.execPath, args, {
      env: { ...env, TF_CLI_ARGS_init: `-plugin-dir=${plugins}` },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) eachLine(stream, (line) => this.#hear(line));
    this.ended = new Promise((resolve) => {
      this.#child.once("error", () => resolve(1));
      this.#child.once("close", (status) => {
        this.hasEnded = true;
        resolve(status ?? 1);
      });
    });
  }

  /** The report that it has written; undefined: none. */
  report(): AcceptanceReport | undefined {
    const file = readdirSync(this.options.folder).find((each) => /^report-.*\.json$/.test(each));
    if (file === undefined) return undefined;
    return JSON.parse(readFileSync(join(this.options.folder, file), "utf8")) as AcceptanceReport;
  }

  #hear(line: string): void {
    const { interruptAt, say } = this.options;
    say(line);
    if (interruptAt === undefined || this.#hasBegun || !interruptAt.line.test(line)) return;
    this.#hasBegun = true;
    setTimeout(() => {
      this.wasInterrupted = !this.hasEnded && this.#child.kill("SIGINT");
      say(this.wasInterrupted ? `SIGINT, ${interruptAt.afterMs} ms later` : "it had ended before its SIGINT");
    }, interruptAt.afterMs).unref();
  }
}
