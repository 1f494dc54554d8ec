export { type Actions, type Call, camActionsOf } from "./actions.ts";
export {
  MAX_SCRIPT_CHARACTERS,
  runScript,
  type Script,
  ScriptError,
  type ScriptResult,
  SCRIPT_ACTIONS,
} from "./automation.ts";
export { type CloudClient, openCloud } from "./client.ts";
export { CloudError, CredentialsError } from "./errors.ts";
