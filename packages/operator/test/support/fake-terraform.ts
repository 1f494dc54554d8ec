import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ResourceChange } from "../../src/roll/planned-changes.ts";
import type { World } from "./world.ts";

/** A Terraform that plans what the test says, in files: `planned.json`, and `applied` with a line for each apply. */
const PROGRAM = `#!/bin/sh
cd "$(dirname "$0")" || exit 1
command=$1
targets=$(printf '%s\\n' "$@" | sed -n 's/^-target=//p')
case $command in
  state) cat terraform.tfstate ;;
  plan) [ ! -e refuses ] || { echo "│ Error: $(cat refuses)"; exit 1; } ;;
  show) cat planned.json ;;
  apply)
    echo $targets >>applied
    [ ! -e fails ] || { echo "│ Error: $(cat fails)"; exit 1; }
    for target in $targets; do
      node -e 'const fs=require("fs");const p=JSON.parse(fs.readFileSync("planned.json"));
        p.resource_changes=p.resource_changes.filter(c=>c.address!==process.argv[1]);fs.writeFileSync("planned.json",JSON.stringify(p))' "$target"
    done ;;
esac
`;

/** The address of a node's instance in the tests. */
export const addressOf = (role: "primary" | "secondary") => `tencentcloud_instance.Pair_${role}`;

/** A change of an argument of a node's instance. */
export function changeOf(role: "primary" | "secondary", before: object, after: object): ResourceChange {
  const address = addressOf(role);
  const change = { actions: ["update"], before: { ...before }, after: { ...after }, after_unknown: {} };
  return { address, mode: "managed", type: "tencentcloud_instance", change };
}

/** Terraform in the folder of a world's stack. */
export class FakeTerraform {
  readonly program: string;
  readonly #folder: string;

  constructor(world: World) {
    this.#folder = dirname(world.stateFile);
    this.program = join(this.#folder, "terraform");
    writeFileSync(this.program, PROGRAM, { mode: 0o755 });
    this.#write("stack.tf", "");
    this.plans([]);
  }

  /** Says what is planned from now on. */
  plans(changes: readonly ResourceChange[]): void {
    this.#write("planned.json", JSON.stringify({ resource_changes: changes }));
  }

  /** Refuses to plan. */
  refuses(reason: string): void {
    this.#write("refuses", reason);
  }

  /** Fails to apply. */
  fails(reason: string): void {
    this.#write("fails", reason);
  }

  /** What each apply was told to change. */
  get applied(): string[] {
    try {
      return readFileSync(join(this.#folder, "applied"), "utf8").trim().split("\n");
    } catch {
      return [];
    }
  }

  get folder(): string {
    return this.#folder;
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text);
  }
}
