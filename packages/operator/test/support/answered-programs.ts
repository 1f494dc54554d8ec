import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** How a program was called. */
export interface ProgramCall {
  readonly folder: string;
  readonly args: readonly string[];
}

/** What a program does: what it writes to its standard output, and what it exits with. */
export interface ProgramAnswer {
  readonly status: number;
  readonly output: string;
}

/**
 * Programs that a command starts, and that the test answers for in its own process. Each is a script of the shell that
 * asks over the loopback interface: a process of Node.js takes twenty times as long to start.
 */
export class AnsweredPrograms implements AsyncDisposable {
  readonly #answers = new Map<string, (call: ProgramCall) => ProgramAnswer>();

  private constructor(private readonly server: Server) {
    server.on("connection", (socket) => this.#answer(socket));
  }

  static async start(): Promise<AnsweredPrograms> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new AnsweredPrograms(server);
  }

  /** Writes a program that does what the test says. */
  write(path: string, answer: (call: ProgramCall) => ProgramAnswer): void {
    this.#answers.set(path, answer);
    const { port } = this.server.address() as AddressInfo;
    // The number of arguments goes first, since the connection stays open for the answer.
    const text = `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' $# '${path}' "$PWD" "$@" >&3
read -r status <&3
cat <&3
exit "$status"
`;
    writeFileSync(path, text, { mode: 0o755 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.close();
    await once(this.server, "close");
  }

  #answer(socket: Socket): void {
    let asked = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      asked += text;
      const [count = "", path = "", folder = "", ...args] = asked.split("\0").slice(0, -1);
      if (!asked.includes("\0") || args.length < Number(count)) return;
      const { status, output } = this.#answers.get(path)?.({ folder, args }) ?? { status: 127, output: "" };
      socket.end(`${status}\n${output}`);
    });
  }
}
