import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PlanJson, ResourceChange } from "../../src/plan/plan-json.ts";
import type { ProgramAnswer, ProgramCall } from "./answered-programs.ts";
import type { World } from "./world.ts";

/** What a stack says of a node, and what the node has: arguments of its instance. */
export interface Arguments {
  readonly has: Readonly<Record<string, unknown>>;
  readonly wanted: Readonly<Record<string, unknown>>;
}

/** A node, as this Terraform knows it. */
interface TerraformNode extends Arguments {
  readonly privateIp: string;
  readonly isGone: boolean;
}

/** A change of something beside the nodes. */
interface OtherChange {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
}

/** What an apply or a plan is told. */
interface Selection {
  readonly targets: readonly string[];
  readonly replaced: readonly string[];
}

/** The part of a stack that it reads. */
interface StackJson {
  readonly resource: {
    readonly tencentcloud_instance: Readonly<
      Record<string, { readonly lifecycle: { readonly ignore_changes: readonly string[] } }>
    >;
  };
}

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

/**
 * Terraform in the folder of a world's stack, which plans what the test says. As the real one it heeds `ignore_changes` of
 * the `cdk.tf.json` of the folder in which it runs, `-replace` and `-target`.
 */
export class FakeTerraform {
  readonly program: string;
  readonly folder: string;
  /** What each apply was told. */
  readonly applied: string[] = [];
  #nodes: ReadonlyMap<string, TerraformNode> = new Map();
  readonly #others: OtherChange[] = [];
  /** The state once a new instance is there, by the address of the node. */
  readonly #statesWithNew = new Map<string, string>();
  #refusal: string | undefined;
  #refusalOfReplacement: string | undefined;
  #failure: string | undefined;

  constructor(private readonly world: World) {
    this.folder = dirname(world.stateFile);
    this.program = join(this.folder, "terraform");
    world.programs.write(this.program, (call) => this.#run(call));
    const node = { lifecycle: { ignore_changes: IGNORED } };
    const stack = { resource: { tencentcloud_instance: { Pair_primary: node, Pair_secondary: node } } };
    writeFileSync(join(this.folder, "cdk.tf.json"), JSON.stringify(stack));
    this.nodes({});
  }

  /** Says of nodes what the stack says, and what they have, from now on. */
  nodes(nodes: Readonly<Partial<Record<Role, Arguments>>>): void {
    const of = (role: Role) => ({ ...(nodes[role] ?? { has: {}, wanted: {} }), isGone: false });
    this.#nodes = new Map([
      [addressOf("primary"), { ...of("primary"), privateIp: "10.0.1.11" }],
      [addressOf("secondary"), { ...of("secondary"), privateIp: "10.0.1.12" }],
    ]);
  }

  /** Something beside the nodes is changed, too. */
  changes(other: OtherChange): void {
    this.#others.push(other);
  }

  /** The cloud does not have the instance of a node any more. */
  isGone(role: Role): void {
    const address = addressOf(role);
    const node = this.#nodes.get(address);
    if (node === undefined) throw new Error(`no ${address}`);
    this.#nodes = new Map([...this.#nodes, [address, { ...node, isGone: true }]]);
  }

  /** A new instance of the node will be this one. */
  makes(role: Role, instanceId: string): void {
    this.world.makes(role, instanceId);
    this.#statesWithNew.set(addressOf(role), this.world.stateWith({}, {}, { [role]: instanceId }));
  }

  /** Terraform was ended after it had removed a node, and before it had made it anew. */
  hasLost(role: Role): void {
    this.isGone(role);
    writeFileSync(this.world.stateFile, this.world.stateWith({}, {}, { [role]: null }));
  }

  /** Refuses to plan. */
  refuses(reason: string): void {
    this.#refusal = reason;
  }

  /** Refuses to plan a replacement. */
  refusesReplacement(reason: string): void {
    this.#refusalOfReplacement = reason;
  }

  /** Fails to apply. */
  fails(reason: string): void {
    this.#failure = reason;
  }

  /** What the stack's own folder says. */
  get stack(): string {
    return readFileSync(join(this.folder, "cdk.tf.json"), "utf8");
  }

  #run({ folder, args: [command, ...args] }: ProgramCall): ProgramAnswer {
    const given = (option: string) =>
      args.filter((arg) => arg.startsWith(option)).map((arg) => arg.slice(option.length));
    const selection: Selection = { targets: given("-target="), replaced: given("-replace=") };
    switch (command) {
      case "state":
        return { status: 0, output: readFileSync(this.world.stateFile, "utf8") };
      case "show":
        return { status: 0, output: readFileSync(args.at(-1) ?? "", "utf8") };
      case "plan": {
        const refusal = this.#refusal ?? (selection.replaced.length > 0 ? this.#refusalOfReplacement : undefined);
        if (refusal !== undefined) return failure(refusal);
        writeFileSync(given("-out=")[0] ?? "", JSON.stringify(this.#plan(folder, selection)));
        return { status: 0, output: "" };
      }
      case "apply":
        this.applied.push(args.filter((arg) => /^-(target|replace)=/.test(arg)).join(" "));
        if (this.#failure !== undefined) return failure(this.#failure);
        this.#apply(this.#plan(folder, selection).resource_changes);
        return { status: 0, output: "" };
      default:
        return failure(`this test's Terraform has no command '${command}'`);
    }
  }

  #plan(folder: string, { targets, replaced }: Selection): PlanJson {
    const isTarget = (address: string) => targets.length === 0 || targets.includes(address);
    const nodes = [...this.#nodes].map(([address, { has, wanted, privateIp, isGone }]) => {
      const ignored = ignoredIn(folder, address);
      const heeded = Object.entries(wanted).filter(([name]) => !ignored.includes(name));
      const after = { private_ip: privateIp, ...has, ...Object.fromEntries(heeded) };
      const before = isGone ? null : { private_ip: privateIp, ...has };
      const differs = heeded.some(([name, value]) => JSON.stringify(value) !== JSON.stringify(has[name]));
      const isReplaced = replaced.includes(address);
      const actions = isGone ? ["create"] : isReplaced ? ["delete", "create"] : differs ? ["update"] : ["no-op"];
      const change = isTarget(address) ? { actions, before, after } : { actions: ["no-op"], before, after: before };
      return { address, mode: "managed" as const, type: "tencentcloud_instance", change };
    });
    const others = this.#others
      .filter(({ address }) => isTarget(address))
      .map(({ actions, ...rest }) => ({
        ...rest,
        mode: "managed" as const,
        change: { actions, before: {}, after: {} },
      }));
    const resources = [...this.#nodes].flatMap(([address, { wanted }]) => [
      {
        ...{ address, mode: "managed" as const, type: "tencentcloud_instance" },
        expressions: Object.fromEntries(
          Object.entries(wanted).map(([name, value]) => [name, { constant_value: value }]),
        ),
      },
      {
        address: address.replace("instance.", "ha_vip_instance_attachment."),
        ...{ mode: "managed" as const, type: "tencentcloud_ha_vip_instance_attachment" },
        expressions: { instance_id: { references: [`${address}.id`, address] } },
      },
    ]);
    return {
      format_version: "1.2",
      resource_changes: [...nodes, ...others],
      configuration: { root_module: { resources } },
    };
  }

  #apply(changes: readonly ResourceChange[]): void {
    for (const { address, change } of changes) {
      const node = this.#nodes.get(address);
      if (node === undefined || change.actions[0] === "no-op") continue;
      const isNew = change.actions.includes("create");
      const state = isNew ? this.#statesWithNew.get(address) : undefined;
      if (state !== undefined) writeFileSync(this.world.stateFile, state);
      const changed = Object.entries(change.after ?? {}).filter(([name]) => name in node.has || name in node.wanted);
      const has = isNew ? { ...node.has, ...node.wanted } : Object.fromEntries(changed);
      this.#nodes = new Map([...this.#nodes, [address, { ...node, has, isGone: false }]]);
    }
  }
}

/** How Terraform says what is wrong. */
function failure(reason: string): ProgramAnswer {
  return { status: 1, output: `│ Error: ${reason}\n` };
}

/** What the stack in a folder tells Terraform to leave alone of a node. */
function ignoredIn(folder: string, address: string): readonly string[] {
  const stack = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as StackJson;
  return stack.resource.tencentcloud_instance[address.split(".")[1] ?? ""]?.lifecycle.ignore_changes ?? [];
}
