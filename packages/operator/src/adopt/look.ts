import type { PairCloud } from "../cloud/actions.ts";
import type { StateResource } from "../stack/state.ts";
import { argumentOf } from "./argument.ts";
import type { Candidate, Looked, Search } from "./finder.ts";
import { FINDERS } from "./finders/index.ts";
import type { StackResource } from "./stack.ts";

/** What became of looking for a resource of the stack. */
export type Match =
  /** The state has it already. */
  | { readonly kind: "in-state" }
  /** It is there once, and can be imported. */
  | { readonly kind: "found"; readonly candidate: Candidate; readonly isChosen: boolean }
  | { readonly kind: "several"; readonly looked: Looked }
  | { readonly kind: "missing"; readonly looked: Looked }
  /** The constructs' own record in the state, which is made anew, and is nothing in the cloud. */
  | { readonly kind: "record" }
  /** Of a type that no finder is for, or several by `count` or `for_each`. */
  | { readonly kind: "not-looked-for" };

/** A resource of the stack, and what became of it. */
export interface Matched {
  readonly resource: StackResource;
  /** What it is, for a person. */
  readonly noun: string;
  readonly match: Match;
  /** What is known of it; undefined where it is not there, or not settled. */
  readonly attributes: Readonly<Record<string, unknown>> | undefined;
}

/** What is looked for, where, and what is known already. */
export interface LookOptions {
  readonly cloud: PairCloud;
  readonly resources: readonly StackResource[];
  readonly state: readonly StateResource[];
  /** The ids that a person has chosen, by the address of the resource. */
  readonly chosen: ReadonlyMap<string, string>;
}

/** Looks for every resource of a stack in the cloud. */
export function lookFor(options: LookOptions): Promise<Matched[]> {
  const looking = new Looking(options);
  return Promise.all(options.resources.map((resource) => looking.matched(resource)));
}

/** Looks for each resource once, and first for what it refers to. */
class Looking implements Search {
  readonly cloud: PairCloud;
  readonly resources: readonly StackResource[];
  readonly #inState: ReadonlyMap<string, StateResource>;
  readonly #chosen: ReadonlyMap<string, string>;
  readonly #matched = new Map<string, Promise<Matched>>();

  constructor({ cloud, resources, state, chosen }: LookOptions) {
    this.cloud = cloud;
    this.resources = resources;
    this.#inState = new Map(state.map((each) => [each.address, each]));
    this.#chosen = chosen;
  }

  readonly value = async (argument: unknown): Promise<string | undefined> => {
    const read = argumentOf(argument);
    if (read.kind === "unknown") return undefined;
    if (read.kind === "literal") return read.value;
    const attributes = await this.known(read.address);
    const value = attributes?.[read.attribute];
    return typeof value === "string" && value !== "" ? value : undefined;
  };

  readonly known = async (address: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const resource = this.resources.find((each) => each.address === address);
    return resource === undefined ? undefined : (await this.matched(resource)).attributes;
  };

  matched(resource: StackResource): Promise<Matched> {
    const known = this.#matched.get(resource.address) ?? this.#look(resource);
    this.#matched.set(resource.address, known);
    return known;
  }

  async #look(resource: StackResource): Promise<Matched> {
    const { type, address } = resource;
    const finder = FINDERS[type];
    const noun = finder?.noun ?? type;
    const inState = this.#inState.get(address);
    if (inState !== undefined) return { resource, noun, match: { kind: "in-state" }, attributes: inState.values };
    if (type === "terraform_data") return { resource, noun, match: { kind: "record" }, attributes: undefined };
    if (finder === undefined || "count" in resource.arguments || "for_each" in resource.arguments) {
      return { resource, noun, match: { kind: "not-looked-for" }, attributes: undefined };
    }
    const id = this.#chosen.get(address);
    const { choose } = finder;
    const isChosen = id !== undefined && choose !== undefined;
    const match = matchOf(await (isChosen ? choose(resource, id, this) : finder.find(resource, this)), isChosen);
    return { resource, noun, match, attributes: match.kind === "found" ? match.candidate.attributes : undefined };
  }
}

function matchOf(looked: Looked, isChosen: boolean): Match {
  const [candidate, another] = looked.candidates;
  if (candidate === undefined) return { kind: "missing", looked };
  return another === undefined ? { kind: "found", candidate, isChosen } : { kind: "several", looked };
}
