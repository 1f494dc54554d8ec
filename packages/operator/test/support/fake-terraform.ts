import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { World } from "./world.ts";

/** What a stack says of a node, and what the node has: arguments of its instance. */
export interface Arguments {
  readonly has: Readonly<Record<string, unknown>>;
  readonly wanted: Readonly<Record<string, unknown>>;
}

/** A change of something beside the nodes. */
interface OtherChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
}

/** What there is, in a file. */
interface Model {
  readonly nodes: Readonly<Record<string, Arguments & { readonly privateIp: string; readonly isGone?: boolean }>>;
  readonly others: readonly OtherChange[];
}

/**
 * A Terraform that plans what the test says. As the real one it heeds `ignore_changes` of the `cdk.tf.json` of the folder in
 * which it runs, `-replace` and `-target`. A line of `applied` is what an apply was told.
 */
const PROGRAM = String.raw`#!/usr/bin/env node
const { readFileSync, writeFileSync, appendFileSync, existsSync } = require("node:fs");
const { dirname, join } = require("node:path");
const home = (name) => join(dirname(process.argv[1]), name);
const read = (name) => JSON.parse(readFileSync(home(name), "utf8"));
const [command, ...args] = process.argv.slice(2);
const given = (option) => args.filter((arg) => arg.startsWith(option)).map((arg) => arg.slice(option.length));
const fail = (file) => {
  if (!existsSync(home(file))) return;
  console.log("│ Error: " + readFileSync(home(file), "utf8"));
  process.exit(1);
};
const model = existsSync(home("model.json")) ? read("model.json") : { nodes: {}, others: [] };
const stack = existsSync("cdk.tf.json") ? JSON.parse(readFileSync("cdk.tf.json", "utf8")) : {};
const ignored = (address) => stack.resource.tencentcloud_instance[address.split(".")[1]].lifecycle.ignore_changes;
const planned = ({ targets, replaced }) => {
  const isTarget = (address) => targets.length === 0 || targets.includes(address);
  const nodes = Object.entries(model.nodes).map(([address, { has, wanted, privateIp, isGone }]) => {
    const heeded = Object.entries(wanted).filter(([name]) => !ignored(address).includes(name));
    const after = { private_ip: privateIp, ...has, ...Object.fromEntries(heeded) };
    const before = isGone ? null : { private_ip: privateIp, ...has };
    const differs = heeded.some(([name, value]) => JSON.stringify(value) !== JSON.stringify(has[name]));
    const isReplaced = replaced.includes(address);
    const actions = isGone ? ["create"] : isReplaced ? ["delete", "create"] : differs ? ["update"] : ["no-op"];
    const change = isTarget(address) ? { actions, before, after } : { actions: ["no-op"], before, after: before };
    return { address, mode: "managed", type: "tencentcloud_instance", change };
  });
  const others = model.others.filter(({ address }) => isTarget(address)).map(({ actions, ...rest }) => ({
    ...rest, mode: "managed", change: { actions, before: {}, after: {} } }));
  const resources = Object.entries(model.nodes).flatMap(([address, { wanted }]) => [
    { address, mode: "managed", type: "tencentcloud_instance",
      expressions: Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, { constant_value: value }])) },
    { address: address.replace("instance.", "ha_vip_instance_attachment."), mode: "managed",
      type: "tencentcloud_ha_vip_instance_attachment",
      expressions: { instance_id: { references: [address + ".id", address] } } } ]);
  return { format_version: "1.2", resource_changes: [...nodes, ...others], configuration: { root_module: { resources } } };
};
if (command === "state") process.stdout.write(readFileSync(home("terraform.tfstate")));
else if (command === "show") process.stdout.write(readFileSync(args[args.length - 1]));
else {
  const what = { targets: given("-target="), replaced: given("-replace=") };
  const plan = planned(what);
  if (command === "plan") {
    fail("refuses");
    if (what.replaced.length > 0) fail("refuses-replacement");
    writeFileSync(given("-out=")[0], JSON.stringify(plan));
  } else {
    appendFileSync(home("applied"), args.filter((arg) => /^-(target|replace)=/.test(arg)).join(" ") + "\n");
    fail("fails");
    for (const { address, change } of plan.resource_changes) {
      const node = model.nodes[address];
      if (node === undefined || change.actions[0] === "no-op") continue;
      const isNew = change.actions.includes("create");
      node.has = isNew ? { ...node.has, ...node.wanted } : Object.fromEntries(
        Object.entries(change.after).filter(([name]) => name in node.has || name in node.wanted));
      node.isGone = false;
      if (isNew && existsSync(home("new-" + address + ".json"))) writeFileSync(home("terraform.tfstate"), readFileSync(home("new-" + address + ".json")));
    }
    writeFileSync(home("model.json"), JSON.stringify(model));
  }
}
`;

/** The role of a node. */
type Role = "primary" | "secondary";

/** The address of a node's instance in the tests. */
export const addressOf = (role: Role) => `tencentcloud_instance.Pair_${role}`;

/** The address of what ties it to a HAVIP. */
export const associationOf = (role: Role) => `tencentcloud_ha_vip_instance_attachment.Pair_${role}`;

/** What Terraform is told for a change of a node in place. */
export const changing = (role: Role) => `-target=${addressOf(role)} -target=${associationOf(role)}`;

/** The same for a new instance. */
export const replacing = (role: Role) => `-replace=${addressOf(role)} ${changing(role)}`;

/** What the constructs tell Terraform to leave alone. */
const IGNORED = ["image_id", "key_ids", "hostname", "instance_type", "data_disks", "private_ip"];

/** Terraform in the folder of a world's stack, whose nodes have what it says. */
export class FakeTerraform {
  readonly program: string;
  readonly folder: string;
  #model: Model = { nodes: {}, others: [] };

  constructor(private readonly world: World) {
    this.folder = dirname(world.stateFile);
    this.program = join(this.folder, "terraform");
    writeFileSync(this.program, PROGRAM, { mode: 0o755 });
    const node = { lifecycle: { ignore_changes: IGNORED } };
    const stack = { resource: { tencentcloud_instance: { Pair_primary: node, Pair_secondary: node } } };
    this.#write("cdk.tf.json", JSON.stringify(stack));
    this.nodes({});
  }

  /** Says of nodes what the stack says, and what they have, from now on. */
  nodes(nodes: Readonly<Partial<Record<Role, Arguments>>>): void {
    const of = (role: Role) => nodes[role] ?? { has: {}, wanted: {} };
    this.#model = {
      ...this.#model,
      nodes: {
        [addressOf("primary")]: { ...of("primary"), privateIp: "10.0.1.11" },
        [addressOf("secondary")]: { ...of("secondary"), privateIp: "10.0.1.12" },
      },
    };
    this.#write("model.json", JSON.stringify(this.#model));
  }

  /** Something beside the nodes is changed, too. */
  changes(other: OtherChange): void {
    this.#model = { ...this.#model, others: [...this.#model.others, other] };
    this.#write("model.json", JSON.stringify(this.#model));
  }

  /** The cloud does not have the instance of a node any more. */
  isGone(role: Role): void {
    const { nodes } = this.#model;
    const address = addressOf(role);
    const node = nodes[address];
    if (node === undefined) throw new Error(`no ${address}`);
    this.#model = { ...this.#model, nodes: { ...nodes, [address]: { ...node, isGone: true } } };
    this.#write("model.json", JSON.stringify(this.#model));
  }

  /** A new instance of the node will be this one. */
  makes(role: Role, instanceId: string): void {
    this.world.makes(role, instanceId);
    this.#write(`new-${addressOf(role)}.json`, this.world.stateWith({}, {}, { [role]: instanceId }));
  }

  /** Terraform was ended after it had removed a node, and before it had made it anew. */
  hasLost(role: Role): void {
    this.isGone(role);
    writeFileSync(this.world.stateFile, this.world.stateWith({}, {}, { [role]: null }));
  }

  /** Refuses to plan. */
  refuses(reason: string): void {
    this.#write("refuses", reason);
  }

  /** Refuses to plan a replacement. */
  refusesReplacement(reason: string): void {
    this.#write("refuses-replacement", reason);
  }

  /** Fails to apply. */
  fails(reason: string): void {
    this.#write("fails", reason);
  }

  /** What each apply was told. */
  get applied(): string[] {
    try {
      return readFileSync(join(this.folder, "applied"), "utf8").trim().split("\n");
    } catch {
      return [];
    }
  }

  /** What the stack's own folder says. */
  get stack(): string {
    return readFileSync(join(this.folder, "cdk.tf.json"), "utf8");
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }
}
