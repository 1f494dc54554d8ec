import { main } from "./cli/main.ts";
import { nodeHost } from "./node/real-host.ts";

main(nodeHost(process.env["PAIRCTL_ROOT"]), process.argv.slice(2), console.log).then((status) => process.exit(status));
