/**
 * What the parts of the project agree on: what a node is told, where things are on it, what its states are called, and
 * what pairctl may call. It imports nothing of the project, so that everything may import it.
 */
export {
  type Action,
  ACTIONS,
  actionsOf,
  camAction,
  camActions,
  VPC_API_VERSION,
  type Way,
  WAY_NAMES,
  WAYS,
} from "./actions.ts";
export { API_ENDPOINTS, endpointIn, METADATA_ENDPOINT, METRICS_ADDRESS, METRICS_PORT, PEER_PORT } from "./endpoints.ts";
export { bundleName, hasPeerWord, hearsAdverts, OPTIONAL_FEATURES, type OptionalFeature, yields } from "./features.ts";
export { isHaVip, type Mechanism, MECHANISMS } from "./mechanism.ts";
export { NODE_PATHS } from "./node-paths.ts";
export { DEFAULT_PRIORITY, isStronger, NODE_ROLES, type NodeRole } from "./node-role.ts";
export { type Rows, type Rule, violation, violations, type Violation, type WithEveryKey } from "./rules.ts";
export {
  type NodeSettings,
  type Settings,
  SETTINGS_ROWS,
  type Tuning,
  TUNING_ROWS,
  VIRTUAL_IP_ROWS,
  type VirtualIpSettings,
} from "./settings.ts";
export { packedProgram, unpackedProgram } from "./packed-program.ts";
export { parseSettings } from "./parse-settings.ts";
export { NODE_CONF, PREFLIGHT, SCRIPTS } from "./script-paths.ts";
export { SETUP_PATHS } from "./setup-paths.ts";
export { AGREEMENT, type Agreement, VRRP_STATES, type VrrpState } from "./states.ts";
export {
  packedText,
  type TemplateForm,
  type TemplatePart,
  templateParts,
  userDataExpression,
  type UserDataSource,
  userDataSource,
  withExpressions,
} from "./user-data-expression.ts";
