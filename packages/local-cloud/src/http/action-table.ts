import { NotImplemented } from "../api/errors.ts";
import type { Action } from "../services/action.ts";
import type { Core } from "../services/state.ts";

/** The actions of all services, to be found by what a call says. */
export class ActionTable {
  readonly #actions = new Map<string, Map<string, Map<string, Action<Core>>>>();

  constructor(actions: readonly Action<Core>[]) {
    for (const action of actions) {
      const ofService = entry(this.#actions, action.service);
      entry(ofService, action.version).set(action.action, action);
    }
  }

  /** Whether there is anything of a service here. */
  has(service: string): boolean {
    return this.#actions.has(service);
  }

  /** @throws NotImplemented `NoSuchProduct`, `NoSuchVersion` or `InvalidAction` */
  find(service: string, version: string, name: string): Action<Core> {
    const ofService = this.#actions.get(service);
    if (ofService === undefined) {
      throw new NotImplemented("NoSuchProduct", `The specified service=\`${service}\` does not exist.`);
    }
    const ofVersion = ofService.get(version);
    if (ofVersion === undefined) {
      throw new NotImplemented(
        "NoSuchVersion",
        `The specified api version=\`${version}\` does not exist in service=\`${service}\`.`,
      );
    }
    const action = ofVersion.get(name);
    if (action) return action;
    throw new NotImplemented(
      "InvalidAction",
      `The specified action=\`${name}\` does not exist in service=\`${service}\`.`,
    );
  }
}

/** The map under a key, which is empty at first. */
function entry<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const found = maps.get(key) ?? new Map<string, Value>();
  maps.set(key, found);
  return found;
}
