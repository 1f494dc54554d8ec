// Serves a local cloud until it is interrupted: npm run local-cloud -- --help
import { serve } from "./commands/serve.ts";

process.exitCode = await serve(process.argv.slice(2), console);
