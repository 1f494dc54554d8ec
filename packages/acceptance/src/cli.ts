// Accepts the project on the real cloud: npm run acceptance -- --help
import { acceptance } from "./command.ts";

process.exitCode = await acceptance(process.argv.slice(2), console);
