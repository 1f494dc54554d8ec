// The client of a rehearsal: asks the service by UDP every 10 ms, through each address, and prints every answer.
// prober.mjs PORT INTERVAL_MS
// Its standard input says through which: `NAME=ADDRESS` begins, `NAME=` ends. An answer is the line
// `NAME SENT_AT RECEIVED_AT NUMBER NODE`; questions of a name are numbered from 1 on, so that those without an answer show.
import dgram from "node:dgram";
import { createInterface } from "node:readline";
import { clearInterval } from "node:timers";

const [port, interval] = process.argv.slice(2);
const ends = new Map();

function begin(name, address) {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (message, from) => {
    // A connection, or a firewall, would not take an answer from elsewhere either.
    if (from.address !== address) return;
    const [sentAt, number, node] = message.toString().split(" ");
    process.stdout.write(`${name} ${sentAt} ${Date.now()} ${number} ${node}\n`);
  });
  // Unreachable is what an outage looks like.
  socket.on("error", () => {});
  let number = 0;
  const timer = setInterval(() => {
    number += 1;
    socket.send(`${Date.now()} ${number}`, Number(port), address, () => {});
  }, Number(interval));
  ends.set(name, () => {
    clearInterval(timer);
    socket.close();
  });
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const [name, address] = line.split("=");
  if (address === "") ends.get(name)?.();
  else begin(name, address);
});
