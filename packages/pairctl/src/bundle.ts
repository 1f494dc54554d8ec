import { main } from "./cli/main.ts";
import { nodeHost } from "./node/real-host.ts";

// Node.js before 15 only warns of what nobody catches, and goes on.
process.on("unhandledRejection", (reason) => {
  throw reason;
});
main(nodeHost(process.env["PAIRCTL_ROOT"]), process.argv.slice(2), console.log).then((status) => process.exit(status));
