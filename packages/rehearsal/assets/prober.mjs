// The client of a rehearsal: asks the service by UDP every 10 ms, through each address, and prints every answer.
// prober.mjs PORT INTERVAL_MS NAME=ADDRESS…
import dgram from "node:dgram";

const [port, interval, ...targets] = process.argv.slice(2);

for (const target of targets) {
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
  socket.bind(0, () => {
    setInterval(() => socket.send(String(Date.now()), Number(port), address, () => {}), Number(interval));
  });
}
