import { gunzipSync, gzipSync } from "node:zlib";
import { parse } from "yaml";
import { isStronger, NODE_PATHS, packedText, parseSettings, type Settings, userDataSource } from "pairctl/contract";
import { isObject } from "./json.ts";
import { StackError } from "./stack-error.ts";
import { type HealthCheckTimes, healthCheckTimes } from "./track-scripts.ts";
import type { Resource } from "./resource.ts";

/** A node of a pair as its user data tells it. */
export interface ReadNode {
  readonly instance: Resource;
  readonly role: "primary" | "secondary";
  readonly settings: Settings;
  /** How many adverts are missing until keepalived becomes MASTER: 3 where its configuration does not say it. */
  readonly downTimerAdverts: number;
  /** Undefined: its configuration has no health check. */
  readonly healthCheck: HealthCheckTimes | undefined;
  /** The bytes that cloud-init gets: what Terraform would send, base64 decoded. */
  readonly userData: Buffer;
}

/**
 * Reads what an instance is told.
 *
 * @returns undefined where it is none of a pair's
 * @throws StackError where it is one, and cannot be read
 */
export function readNode(instance: Resource): ReadNode | undefined {
  const source = userDataSource(String(instance.attributes["user_data"]));
  if (source === undefined) return undefined;
  const ofTerraform = instance.evaluateQuoted(source.quoted);
  const written = writtenFiles(packedText(source) + ofTerraform);
  const content = written.get(NODE_PATHS.settings);
  if (content === undefined) {
    const isOlder = [...written.keys()].some((path) => path.endsWith("/settings.json"));
    if (isOlder) throw otherVersion(instance, `it writes no ${NODE_PATHS.settings}`);
    return undefined;
  }
  const settings = settingsOf(instance, content);
  const role = isStronger(settings) ? "primary" : "secondary";
  const conf = written.get(NODE_PATHS.keepalivedConf) ?? "";
  const [, adverts = "3"] = /^ *down_timer_adverts (\d+)$/m.exec(conf) ?? [];
  const healthCheck = healthCheckTimes(conf);
  const userData = Buffer.concat([Buffer.from(source.packed, "base64"), gzipSync(ofTerraform)]);
  return { instance, role, settings, downTimerAdverts: Number(adverts), healthCheck, userData };
}

function settingsOf(instance: Resource, content: string): Settings {
  try {
    return parseSettings(content);
  } catch (error) {
    throw otherVersion(instance, (error as Error).message);
  }
}

function otherVersion(instance: Resource, why: string): StackError {
  return new StackError(
    `the user data of ${instance.where} is of another version of the library than this rehearsal (${why}): ` +
      "synthesize the program with the version that is rehearsed",
  );
}

/** Files by path. */
function writtenFiles(text: string): Map<string, string> {
  const items = cloudConfig(text)["write_files"];
  const files = Array.isArray(items) ? items.filter(isObject) : [];
  return new Map(files.map(({ path, content }) => [String(path), String(content ?? "")]));
}

/** The packages that a node's cloud-config asks for, in apt's words: `nginx`, or `nginx=1.22.1-9` with a version. */
export function requestedPackages(userData: Buffer): string[] {
  const items = cloudConfig(gunzipSync(userData).toString())["packages"];
  return Array.isArray(items) ? items.flatMap(packagesOf) : [];
}

/** cloud-init takes a name, a name with a version, and lists of both by the package manager that they are for. */
function packagesOf(item: unknown): string[] {
  if (typeof item === "string") return [item];
  if (Array.isArray(item)) return item.length === 2 ? [`${item[0]}=${item[1]}`] : item.map(String);
  if (!isObject(item)) return [];
  const ofApt = item["apt"];
  return Array.isArray(ofApt) ? ofApt.flatMap(packagesOf) : [];
}

/** What is no cloud-config has nothing that is looked for here. */
function cloudConfig(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith("#cloud-config\n")) return {};
  const document: unknown = parse(text, { version: "1.1" });
  return isObject(document) ? document : {};
}
