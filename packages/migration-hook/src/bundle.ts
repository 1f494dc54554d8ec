import { main } from "./main.ts";
import { nodeHost } from "./node-host.ts";

main(nodeHost(process.env["PAIRCTL_ROOT"]), process.argv.slice(2), console.log).then((status) => process.exit(status));
