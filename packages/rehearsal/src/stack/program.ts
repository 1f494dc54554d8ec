import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isObject, type JsonObject } from "./json.ts";
import { StackError } from "./stack-error.ts";

/** A stack as cdktf has written it down, and those that it was synthesized with. */
export interface SynthesizedStack {
  readonly name: string;
  /** Path of its cdk.tf.json. */
  readonly file: string;
  readonly json: JsonObject;
  /** Another stack of the same program; undefined where there is none of that name. */
  readonly sibling: (name: string) => SynthesizedStack | undefined;
}

/** What cdktf calls a stack's file. */
const STACK_FILE = "cdk.tf.json";

/**
 * Finds the stack that is meant by a path: a stack's folder (`cdktf.out/stacks/web`), its cdk.tf.json, or the output of a
 * whole program (`cdktf.out`) where one of its stacks alone is of interest.
 *
 * @param isOfInterest whether a stack holds what is looked for
 * @throws StackError where there is nothing at the path, nothing of interest, or more than one stack
 */
export function findStack(path: string, isOfInterest: (stack: SynthesizedStack) => boolean): SynthesizedStack {
  const given = resolve(path);
  if (!existsSync(given)) throw refusal(path, "there is nothing at that path");
  const file = statSync(given).isFile() ? given : join(given, STACK_FILE);
  if (existsSync(file)) return readStackFile(file);
  if (existsSync(join(given, "cdk.tf"))) {
    throw refusal(path, "it was synthesized as HCL; synthesize it as JSON, which is what cdktf does without --hcl");
  }
  const stacks = stackFiles(join(given, "stacks")).map(readStackFile);
  if (stacks.length === 0) throw refusal(path, `there is no ${STACK_FILE} in it, nor stacks/*/${STACK_FILE}`);
  const [found, ...others] = stacks.filter(isOfInterest);
  if (found === undefined) {
    throw refusal(path, `none of its stacks (${stacks.map(({ name }) => name).join(", ")}) has a pair of this library`);
  }
  if (others.length > 0) {
    const names = [found, ...others].map(({ name }) => name).join(", ");
    throw refusal(path, `several of its stacks have a pair (${names}): name one, such as ${dirname(found.file)}`);
  }
  return found;
}

function refusal(path: string, why: string): StackError {
  return new StackError(
    `--stack must be the folder of a synthesized stack, such as cdktf.out/stacks/web, got '${path}': ${why}`,
  );
}

function stackFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).map((name) => join(folder, name, STACK_FILE));
  return files.filter((file) => existsSync(file)).sort();
}

/** @throws StackError where it is no file of cdktf's */
function readStackFile(file: string): SynthesizedStack {
  const json = parseStack(file);
  const sibling = (name: string) => {
    const other = join(dirname(dirname(file)), name, STACK_FILE);
    return existsSync(other) ? readStackFile(other) : undefined;
  };
  return { name: basename(dirname(file)), file, json, sibling };
}

function parseStack(file: string): JsonObject {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new StackError(`${file} cannot be read: ${(error as Error).message}. Synthesize the program again`);
  }
  if (!isObject(json)) throw new StackError(`${file} must hold an object, as cdktf writes it: synthesize it again`);
  return json;
}
