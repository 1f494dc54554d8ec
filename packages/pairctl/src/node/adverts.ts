import { spawn } from "child_process";
import { attempt } from "./files.ts";

/**
 * Node.js has no raw sockets, Python 3 does. A raw socket that is connected takes the packets of one address alone, and
 * behind the host's firewall, as keepalived does. This says a line when it begins to listen, and one for each packet. An error
 * that the socket has got instead is taken off it (SO_ERROR): where nobody listens there, as while the peer boots, its
 * kernel answers keepalived's adverts with "protocol unreachable". It ends where its input does, which is where the agent
 * ends.
 */
const PROGRAM = `import select,socket,sys
s=socket.socket(2,3,112)
s.connect((sys.argv[1],0))
print()
while 0 not in select.select([0,s],[],[])[0]:
 if not s.getsockopt(1,4):s.recv(99);print()`;

/** How long it is left alone where it has ended or could not be started, in ms. */
const PATIENCE_MS = 60_000;

/** See {@link Host.hearAdverts}. */
export function hearAdverts(sender: string, onChange: (isListening: boolean) => void): void {
  const onEnd = () => {
    onChange(false);
    setTimeout(hearAdverts, PATIENCE_MS, sender, onChange);
  };
  const objection = attempt(() => {
    spawn("python3", ["-uc", PROGRAM, sender], { stdio: ["pipe", "pipe", "inherit"] })
      // Where there is no such program, it is closed, too.
      .on("error", () => undefined)
      .on("close", onEnd)
      .stdout.on("data", () => onChange(true));
  });
  // Where there is no memory or no file descriptor left for a process.
  if (objection) onEnd();
}
