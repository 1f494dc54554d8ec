import { isSecret } from "../constructs/props/prop-error";
import { isExtension, type KeyPath, nameOf, type Problem } from "./problems";

/** What a template or a shell would fill in: `${VIP}`, `$(hostname)`, `{{ vip }}`. */
export const PLACEHOLDER = /\$\{.*?\}|\$\(.*?\)|\{\{.*?\}\}/;

/** Keys with texts for the shell, for keepalived or for cloud-init, which have placeholders of their own. */
const FOR_OTHERS: readonly string[] = [
  ...["healthCheck", "healthChecks", "cloudConfig", "keepalived.notifyCommands", "keepalived.extraKeepalivedConf"],
];

/** Whether texts at a key, and below it, are for other programs. */
export const isForOthers = (name: string): boolean => FOR_OTHERS.includes(name);

/** Values such as `${VIP}`, which nothing fills in. */
export function placeholders(raw: unknown, path: KeyPath = []): Problem[] {
  const name = nameOf(path);
  if (isForOthers(name) || isExtension(String(path.at(-1) ?? ""))) return [];
  if (typeof raw === "string") {
    const [placeholder] = PLACEHOLDER.exec(raw) ?? [];
    if (placeholder === undefined) return [];
    const shown = isSecret(name) ? "a placeholder" : placeholder;
    return [{ path, text: `'${name}' has ${shown} in it, which nothing fills in: write the value itself` }];
  }
  if (typeof raw !== "object" || raw === null) return [];
  return Object.entries(raw).flatMap(([key, value]) =>
    placeholders(value, [...path, Array.isArray(raw) ? Number(key) : key]),
  );
}
