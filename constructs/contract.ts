/** What the constructs and the hook agree on. The only importer of the hook's contract; nothing else of the hook is imported. */
export {
  camActions,
  DEFAULT_PRIORITY,
  isStronger,
  type Mechanism,
  MECHANISMS,
  NODE_PATHS,
  SETUP_PATHS,
  NODE_ROLES,
  type NodeRole,
  type NodeSettings,
  type Rule,
  type Tuning,
  TUNING_ROWS,
  type VirtualIpSettings,
} from "../packages/migration-hook/src/contract/index.ts";
