import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What the official SDK knows. */
export interface SdkActions {
  /** Every service's name. */
  readonly services: readonly string[];
  /** The actions of the services that a pair has to do with, all versions taken together. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
}

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve("tencentcloud-sdk-nodejs/package.json")), "tencentcloud/services");

/** The services whose actions are listed: those that the local cloud has, and those that a node's policy may add. */
const listed = ["cam", "cbs", "clb", "cvm", "monitor", "sts", "tag", "tat", "vpc"];

/** Reads the installed SDK: its services, and the methods of their clients, which are the API's actions. */
export function readSdkActions(): SdkActions {
  const services = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return { services, actions: Object.fromEntries(listed.map((service) => [service, actionsOf(service)])) };
}

function actionsOf(service: string): string[] {
  const versions = require(join(folder, service)) as Record<string, Record<string, { Client: { prototype: object } }>>;
  const clients = Object.values(versions[service] ?? {});
  const names = clients.flatMap(({ Client }) => Object.getOwnPropertyNames(Client.prototype));
  return [...new Set(names)].filter((name) => /^[A-Z]/.test(name)).sort();
}
