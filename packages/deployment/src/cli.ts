// Deploys the stack to a local cloud and takes it down again: npm run deploy:local -- --help
import { deploy } from "./command.ts";

process.exitCode = await deploy(process.argv.slice(2), console);
