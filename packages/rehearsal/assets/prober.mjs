// The client of a rehearsal: asks the service by UDP every 10 ms, through each address, and prints every answer, and every
// time in which it could not ask, since the machine did not let it run.
// prober.mjs PORT INTERVAL_MS
// Its standard input says through which addresses: `NAME=ADDRESS` begins, `NAME=` ends. An answer is the line
// `NAME SENT_AT RECEIVED_AT NUMBER NODE`; questions of a name are numbered from 1 on, so that those without an answer show.
import dgram from "node:dgram";
import { createInterface } from "node:readline";

const [port, interval] = process.argv.slice(2);

/** How many questions that were not asked are a pause: timers are a little late on any machine. */
const PAUSE_QUESTIONS = 3;

const askers = new Map();

function asker(name, address) {
  const socket = dgram.createSocket("udp4");
  socket.on("message", (message, from) => {
    // A connection, or a firewall, would not take an answer from elsewhere either.
    if (from.address !== address) return;
    const [sentAt, number, node] = message.toString().split(" ");
    process.stdout.write(`${name} ${sentAt} ${Date.now()} ${number} ${node}\n`);
  });
  // Unreachable is what an outage looks like.
  socket.on("error", () => {});
  socket.bind(0);
  let number = 0;
  return {
    ask: (now) => socket.send(`${now} ${(number += 1)}`, Number(port), address, () => {}),
    end: () => socket.close(),
  };
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const [name, address] = line.split("=");
  askers.get(name)?.end();
  askers.delete(name);
  if (address !== "") askers.set(name, asker(name, address));
});

let askedAt = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - askedAt > (PAUSE_QUESTIONS + 1) * Number(interval)) process.stdout.write(`paused ${askedAt} ${now}\n`);
  askedAt = now;
  for (const { ask } of askers.values()) ask(now);
}, Number(interval));
