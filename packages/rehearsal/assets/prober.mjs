// The client of a rehearsal: asks the service by UDP every 10 ms, through each address, and prints every answer, and every
// time in which it could not ask, since the machine did not let it run.
// prober.mjs PORT INTERVAL_MS NAME=ADDRESS…
import dgram from "node:dgram";

const [port, interval, ...targets] = process.argv.slice(2);

/** How many questions that were not asked are a pause: timers are a little late on any machine. */
const PAUSE_QUESTIONS = 3;

const askers = targets.map((target) => {
  const [via, address] = target.split("=");
  const socket = dgram.createSocket("udp4");
  socket.on("message", (message, from) => {
    // A connection, or a firewall, would not take an answer from elsewhere either.
    if (from.address !== address) return;
    const [sentAt, node] = message.toString().split(" ");
    process.stdout.write(`${via} ${sentAt} ${Date.now()} ${node}\n`);
  });
  // Unreachable is what an outage looks like.
  socket.on("error", () => {});
  socket.bind(0);
  return (now) => socket.send(String(now), Number(port), address, () => {});
});

let askedAt = Date.now();
setInterval(() => {
  const now = Date.now();
  if (now - askedAt > (PAUSE_QUESTIONS + 1) * Number(interval)) process.stdout.write(`paused ${askedAt} ${now}\n`);
  askedAt = now;
  for (const ask of askers) ask(now);
}, Number(interval));
