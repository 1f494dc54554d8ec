/** What the constructs and pairctl agree on. The only importer of pairctl's contract; nothing else of pairctl is imported. */
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
  violation,
  type VirtualIpSettings,
} from "../packages/pairctl/src/contract/index.ts";
