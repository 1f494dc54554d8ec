import { spawn } from "node:child_process";
import dgram from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const PROBER = fileURLToPath(new URL("../../assets/prober.mjs", import.meta.url));

/** A service like that of the nodes. */
async function startResponder(): Promise<AddressInfo> {
  const socket = dgram.createSocket("udp4");
  onTestFinished(() => void socket.close());
  socket.on("message", (question, from) => socket.send(`${question.toString()} primary`, from.port, from.address));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket.address();
}

test("prints each answer with when it was asked for and when it came, and a time in which it could not ask", async () => {
  const { address, port } = await startResponder();
  const prober = spawn(process.execPath, [PROBER, String(port), "10"]);
  prober.stdin.write(`0=${address}\n`);
  onTestFinished(() => void prober.kill("SIGKILL"));
  const lines: string[] = [];
  createInterface({ input: prober.stdout }).on("line", (line) => lines.push(line));
  const isAnswer = (line: string) => line.startsWith("0 ");
  await expect.poll(() => lines.some(isAnswer)).toBe(true);
  const [via, sentAt, receivedAt, number, node] = lines.find(isAnswer)?.split(" ") ?? [];
  expect([via, number, node]).toEqual(["0", "1", "primary"]);
  expect(Number(receivedAt)).toBeGreaterThanOrEqual(Number(sentAt));

  prober.kill("SIGSTOP");
  const stoppedAt = Date.now();
  await expect.poll(() => Date.now() - stoppedAt).toBeGreaterThan(300);
  prober.kill("SIGCONT");
  const isPause = (line: string) => {
    const [word, from, to] = line.split(" ");
    return word === "paused" && Number(to) - Number(from) >= 300;
  };
  await expect.poll(() => lines.some(isPause)).toBe(true);
});
