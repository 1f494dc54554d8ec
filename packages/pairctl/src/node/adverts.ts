import { spawn } from "child_process";
import { attempt } from "./files.ts";

/**
 * Node.js has no raw sockets, Python 3 does. A raw socket that is connected takes the packets of one address alone, and
 * behind the host's firewall, as keepalived does. This says a line when it begins to listen, and one for each packet.
 */
const PROGRAM = `import socket,sys
s=socket.socket(2,3,112)
s.connect((sys.argv[1],0))
while 1:
 print()
 s.recv(99)`;

/** How long it is left alone where it has ended or could not be started, in ms. */
const PATIENCE_MS = 60_000;

/** See {@link Host.hearAdverts}. What listens is a process of the agent's unit, with which it ends. */
export function hearAdverts(sender: string, onChange: (isListening: boolean) => void): void {
  const onEnd = () => {
    onChange(false);
    setTimeout(hearAdverts, PATIENCE_MS, sender, onChange);
  };
  const objection = attempt(() => {
    spawn("python3", ["-uc", PROGRAM, sender], { stdio: ["ignore", "pipe", "inherit"] })
      // Where there is no such program, it is closed, too.
      .on("error", () => undefined)
      .on("close", onEnd)
      .stdout.on("data", () => onChange(true));
  });
  // Where there is no memory or no file descriptor left for a process.
  if (objection) onEnd();
}
