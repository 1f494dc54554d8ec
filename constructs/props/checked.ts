import { Construct, type IConstruct } from "constructs";
import { requireSameCore } from "./core-library";
import { locatedAt, locating, PropError } from "./prop-error";
import { hasHalfOfPair } from "../render/losses";
import { requireFields, requireProps, type Shape } from "./shape";

type ConstructClass = abstract new (...args: never[]) => Construct;

/**
 * A class decorator for constructs: props of a wrong kind are refused before the constructor runs, so that plain
 * JavaScript is told as TypeScript is, and whatever the constructor refuses names the construct's path.
 */
export function checked<Props>(shape: Shape<Props>): <Class extends ConstructClass>(type: Class) => Class {
  return (type) =>
    new Proxy(type, {
      construct(target, args: unknown[], newTarget) {
        const [scope, id, props] = args;
        requirePlace(target.name, scope, id);
        const path = [scope.node.path, id].filter((part) => part !== "").join("/");
        // Not by `locating`: cdktf writes the whole call stack down for each reference that the constructor makes.
        try {
          requireSameCore(scope);
          requireProps(shape, props === undefined ? {} : props);
          return Reflect.construct(target, args, newTarget) as object;
        } catch (error) {
          throw locatedAt(path, error);
        }
      },
    });
}

function requirePlace(type: string, scope: unknown, id: unknown): asserts scope is IConstruct {
  if (!Construct.isConstruct(scope)) {
    throw new PropError("scope", scope, "must be a construct", "give the stack, or another construct", `new ${type}`);
  }
  if (typeof id !== "string" || id === "") {
    throw new PropError("id", id, "must be a text", "give a name that no other child of the scope has", `new ${type}`);
  }
  if (hasHalfOfPair(id)) {
    throw new PropError("id", id, "must not hold half of a surrogate pair", "write the whole character", `new ${type}`);
  }
}

/** Refuses attributes of something that exists already which have a wrong kind: `Eip.fromEipAttributes: 'eipId' …`. */
export function requireAttributes<Attributes>(
  where: string,
  shape: Shape<Attributes>,
  attributes: unknown,
): asserts attributes is Attributes {
  locating(where, () => {
    if (Construct.isConstruct(attributes)) requireFields(shape, attributes, "");
    else requireProps(shape, attributes);
  });
}
