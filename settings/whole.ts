import { RootConstruct } from "constructs";
import { TUNING_ROWS } from "../constructs/contract";
import { KEEPALIVED_PROPS } from "../constructs/pair/keepalived-props";
import type { PropError } from "../constructs";
import type { PairSettings } from "./pair-settings";
import { pairStack } from "./pair-stack";
import { refusedBy } from "./problems";
import type { BrokenRule } from "./rules";

/** What the constructs refuse of settings in which no key is wrong by itself: user data that is too long, for example. */
export function refusedAsAWhole(settings: PairSettings): BrokenRule[] {
  return refusedBy(() => pairStack(new RootConstruct(), settings)).map((error) => {
    const key = keyOf(error, settings);
    const said = error.where === undefined ? error.message : error.message.slice(`${error.where}: `.length);
    return { key, text: said.replace(`'${error.prop}'`, () => `'${key}'`) };
  });
}

/** The key of the settings that a prop of a construct comes from. */
function keyOf({ where = "", prop }: PropError, settings: PairSettings): string {
  const [, id = ""] = /^[^/]*\/([^/]+)/.exec(where) ?? [];
  const name = prop.replace(/[.[].*$/, "");
  if (id === "Network") return `network.${prop}`;
  if (id.startsWith("Vip-")) {
    const vip = id.slice("Vip-".length).replaceAll("-", ".");
    const index = (settings.additionalVips ?? []).findIndex((each) => each.vip === vip);
    return `additionalVips[${index}].${prop}`;
  }
  if (name in TUNING_ROWS) return `pairctl.${prop}`;
  if (name === "healthChecks") return settings.healthCheck === undefined ? prop : "healthCheck";
  if (name in KEEPALIVED_PROPS) return `keepalived.${prop}`;
  return prop.replace(/^additionalVirtualIps\b/, "additionalVips").replace(/^keyPairs\b/, "keyIds");
}
