import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import type { Host } from "../../src/node/host.ts";
import { nodeHost } from "../../src/node/real-host.ts";

/** A folder that stands in for a node's root: pairctl's own shell commands run against its files and its programs. */
export class FakeRoot implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "pairctl-test-"));
  /** Who owns what belongs to root on a node. */
  owner = userInfo().username;

  readonly #programs = new Map<string, string>();

  /** A program of the node's, which is found before the real one, or is not there. */
  program(name: string, script: string | undefined): this {
    if (script === undefined) this.#programs.delete(name);
    else this.#programs.set(name, script);
    return this;
  }

  file(path: string, text: string, mode = 0o644): this {
    const target = join(this.path, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
    writeFileSync(target, text);
    chmodSync(target, mode);
    return this;
  }

  remove(path: string): this {
    rmSync(join(this.path, path), { recursive: true });
    return this;
  }

  /** Runs a command as the node does, but that its paths begin here. */
  shell(command: string): ReturnType<Host["shell"]> {
    const here = command
      .replace(/(?<=^|[\s(])\/(?=(etc|run|usr|var)\/)/g, `${this.path}/`)
      .replace("-user root", `-user ${this.owner}`);
    // Functions, since a process with keepalived's name would be one to whoever looks for that on this machine.
    const programs = [...this.#programs].map(([name, script]) => `${name}() (\n${script}\n)\n`);
    return nodeHost().shell(`\nPATH=/usr/bin:/bin\n${programs.join("")}${here}`);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
