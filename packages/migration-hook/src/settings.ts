import type { Settings as NodeSettings, VirtualIpSettings } from "./contract/index.ts";

export { type Mechanism, parseSettings } from "./contract/index.ts";

/** What the hook is told of one address. */
export type Settings = Omit<NodeSettings, "virtualIps"> & VirtualIpSettings;
