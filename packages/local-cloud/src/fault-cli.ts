// Puts faults into a local cloud that runs: npm run fault:local -- --help
import { fault } from "./commands/fault.ts";

process.exitCode = await fault(process.argv.slice(2), console);
