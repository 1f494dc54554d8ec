import { App, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { PropError, Shown } from "./prop-error";

/** The library that apps and stacks are made of: `cdktf`, or its fork `cdktn`. */
interface CoreLibrary {
  readonly name: string;
  readonly version: string;
}

/** How jsii, which both libraries are compiled with, marks a class: `{ fqn: "cdktf.App", version: "0.21.0" }`. */
const JSII_TYPE = Symbol.for("jsii.rtti");
const CORE_CLASSES = [App.name, TerraformStack.name];

/** The core libraries that this package is built for, from one source: `<name>-tencentcloud-keepalived` each. */
const BUILT_FOR = ["cdktf", "cdktn"];

/**
 * Refuses a construct in an app or a stack of another core library than this package's: it would be built without a
 * word, and end in a TypeError inside of that library when the app is synthesized.
 *
 * @param where the construct's path, or what was called, where no caller adds it
 */
export function requireSameCore(scope: IConstruct, where?: string): void {
  const own = coreOf(App);
  if (own === undefined) return;
  for (const construct of [...scope.node.scopes].reverse()) {
    const other = coreOf(construct.constructor);
    if (other === undefined || release(other) === release(own)) continue;
    const name = [construct.constructor.name, construct.node.path].filter((part) => part !== "").join(" ");
    const found = new Shown(`the ${name} of ${other.name} ${other.version}`);
    throw new PropError("scope", found, `must be in an app of ${release(own)}`, remedyFor(own, other), where);
  }
}

function remedyFor(own: CoreLibrary, other: CoreLibrary): string {
  if (own.name === other.name) return `install one version of it only ('npm ls ${own.name}' shows who brings which)`;
  const install = BUILT_FOR.includes(other.name)
    ? `install and import ${other.name}-tencentcloud-keepalived instead`
    : `import App from ${own.name}`;
  return `${install}, and take everything of an app from one of the two libraries`;
}

/** Minor versions of 0.x may differ in what they call on each other's objects; patches may not. */
function release({ name, version }: CoreLibrary): string {
  return `${name} ${version.split(".", 2).join(".")}`;
}

/** The core library of an App's or a stack's class, whoever derived it; undefined for any other construct. */
function coreOf(type: unknown): CoreLibrary | undefined {
  let core: CoreLibrary | undefined;
  for (let each = type; typeof each === "function"; each = Object.getPrototypeOf(each)) {
    const mark = Object.getOwnPropertyDescriptor(each, JSII_TYPE)?.value as
      { fqn: string; version: string } | undefined;
    const [name = "", className = ""] = mark?.fqn.split(".") ?? [];
    // A class that others derived with jsii can have one of these names, too; the last one is the library's own.
    if (mark !== undefined && CORE_CLASSES.includes(className)) core = { name, version: mark.version };
  }
  return core;
}
