import { spawnSync } from "node:child_process";

/** Whether cloud-init's own YAML reader is here: python3 with PyYAML. */
export const hasPyYaml = spawnSync("python3", ["-c", "import yaml"]).status === 0;
if (!hasPyYaml) console.log("not run: python3 with PyYAML not available");

const READER = `
import json, sys, yaml
def read(text):
    try:
        return {"data": yaml.safe_load(text)}
    except Exception as error:
        return {"error": str(error)}
json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
`;

/** What PyYAML, as cloud-init calls it, reads each document as, or why it refuses it. */
export function readByPyYaml(documents: readonly string[]): { data?: unknown; error?: string }[] {
  const { stdout, stderr, status } = spawnSync("python3", ["-c", READER], {
    encoding: "utf8",
    input: JSON.stringify(documents),
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`);
  return JSON.parse(stdout);
}
