import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { expect, test } from "vitest";

const isRoot = process.getuid?.() === 0;

const MODULE = new URL("../../src/node/adverts.ts", import.meta.url).href;

/** Says each call of an agent that listens for 127.0.0.2. */
const LISTEN = `import { hearAdverts } from ${JSON.stringify(MODULE)};
hearAdverts("127.0.0.2", (isListening) => console.log(isListening));`;

/** Sends a VRRP packet to an address from each of the others. */
const SEND = `import socket,sys
to, *senders = sys.argv[1:]
for sender in senders:
    s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 112)
    s.bind((sender, 0))
    s.sendto(b"!" * 20, (to, 0))`;

const sendTo = (...addresses: string[]) =>
  expect(spawnSync("python3", ["-c", SEND, ...addresses], { encoding: "utf8" })).toMatchObject({
    status: 0,
    stderr: "",
  });

/** To the address on which the agent listens. */
const send = (...senders: string[]) => sendTo("127.0.0.1", ...senders);

// Raw sockets are root's.
test.skipIf(!isRoot)(
  "says a line when it listens, and one for each packet of the peer, but none for those of others and none for errors",
  async () => {
    const agent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", LISTEN], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      let said = "";
      agent.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
      await expect.poll(() => said).toBe("true\n");
      // keepalived's row has no remote address, by which the agent and the watch know that it listens.
      expect(readFileSync("/proc/net/raw", "utf8")).toMatch(/: 0100007F:0070 0200007F:0000 /);
      send("127.0.0.3", "127.0.0.3", "127.0.0.2");
      await expect.poll(() => said).toBe("true\ntrue\n");
      send("127.0.0.3", "127.0.0.2");
      await expect.poll(() => said).toBe("true\ntrue\ntrue\n");
      // Nobody listens at the peer's address, as while the peer boots: its kernel answers "protocol unreachable".
      sendTo("127.0.0.2", "127.0.0.1", "127.0.0.1");
      send("127.0.0.3", "127.0.0.2");
      await expect.poll(() => said).toBe("true\ntrue\ntrue\ntrue\n");
    } finally {
      agent.kill("SIGKILL");
      await once(agent, "exit");
    }
  },
);

test("says that it does not listen where there is no python3", async () => {
  const agent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", LISTEN], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: "/nonexistent" },
  });
  try {
    let said = "";
    agent.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
    await expect.poll(() => said).toBe("false\n");
  } finally {
    agent.kill("SIGKILL");
    await once(agent, "exit");
  }
  // What listens has ended with it, although nobody has told it so.
  await expect.poll(() => readFileSync("/proc/net/raw", "utf8")).not.toMatch(/: 0100007F:0070 0200007F:0000 /);
});
