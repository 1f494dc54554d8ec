import { join } from "node:path";
import ts from "typescript";

/** A prop of a public function or construct, as its declaration has it. */
export interface DeclaredProp {
  /** Where it stands in the props, such as `["primary", "privateIp"]`. A number is an item of a list. */
  readonly path: readonly (string | number)[];
  /** Whether it may be left out. */
  readonly isOptional: boolean;
  /** The kinds of value that its type takes. */
  readonly kinds: ReadonlySet<Kind>;
}

/** What JavaScript can put in a prop's place. */
export type Kind = "undefined" | "null" | "number" | "string" | "boolean" | "list" | "object" | "function";

/** A public function or constructor of ours, and the props objects that it takes. */
export interface PublicCall {
  /** Such as `new Eip` or `Eip.fromEipAttributes`. */
  readonly name: string;
  /** The props of each parameter that is an object of props, by the parameter's index. */
  readonly parameters: readonly { readonly index: number; readonly name: string; readonly type: ts.Type }[];
}

const ENTRY = join(__dirname, "..", "..", "constructs", "index.ts");
const program = ts.createProgram([ENTRY], {
  strict: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  // By default a browser's as well, which take as long to read as all the rest.
  lib: ["lib.es2022.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  experimentalDecorators: true,
  // No prop has a type of Node.js, whose types take a second to read.
  types: [],
});
const checker = program.getTypeChecker();

/** Every constructor and static function that `constructs/index.ts` exports, but for the provider's own. */
export function publicCalls(): PublicCall[] {
  const file = program.getSourceFile(ENTRY);
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${ENTRY} exports nothing`);
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !ts.isClassDeclaration(declaration)) return [];
    if (declaration.getSourceFile().fileName.includes("provider-tencentcloud")) return [];
    return declaration.members.flatMap((member) => callsOf(symbol.name, member));
  });
}

function callsOf(className: string, member: ts.ClassElement): PublicCall[] {
  const flags = ts.getCombinedModifierFlags(member);
  if (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) return [];
  const isStatic = ts.isMethodDeclaration(member) && (flags & ts.ModifierFlags.Static) !== 0;
  if (!isStatic && !ts.isConstructorDeclaration(member)) return [];
  const name = ts.isConstructorDeclaration(member) ? `new ${className}` : `${className}.${member.name.getText()}`;
  const parameters = member.parameters.map((parameter, index) => ({
    index,
    name: parameter.name.getText(),
    type: checker.getTypeAtLocation(parameter),
  }));
  return [{ name, parameters }];
}

/**
 * The props that a type declares, at every depth of an example.
 *
 * @param example a value of the type: lists and optional parts are followed where it has them
 */
export function declaredProps(type: ts.Type, example: unknown, path: (string | number)[] = []): DeclaredProp[] {
  if (typeof example !== "object" || example === null) return [];
  const parts = type.isUnion() ? type.types : [type];
  if (Array.isArray(example)) {
    const element = parts.map((part) => checker.getIndexTypeOfType(part, ts.IndexKind.Number)).find(Boolean);
    if (element === undefined || example.length === 0) return [];
    const item = { path: [...path, 0], isOptional: false, kinds: kindsOf(element) };
    return [item, ...declaredProps(element, example[0], [...path, 0])];
  }
  // A construct of ours stands for an interface: its props are its own constructor's.
  if (Object.getPrototypeOf(example) !== Object.prototype) return [];
  const properties = new Map(parts.flatMap((part) => part.getProperties()).map((each) => [each.name, each]));
  return [...properties.values()].flatMap((property) => {
    const declaration = property.valueDeclaration;
    if (declaration?.getSourceFile().fileName.includes("node_modules") ?? true) return [];
    const propertyType = checker.getTypeOfSymbol(property);
    const propertyPath = [...path, property.name];
    // Of a union, each part that lacks the prop does without it.
    const isOptional = parts.some((part) => {
      const own = part.getProperty(property.name);
      return own === undefined || (own.flags & ts.SymbolFlags.Optional) !== 0;
    });
    const own = { path: propertyPath, isOptional, kinds: kindsOf(propertyType) };
    const value = (example as Record<string, unknown>)[property.name];
    return [own, ...declaredProps(propertyType, value, propertyPath)];
  });
}

/** The kinds of value that a type takes. */
export function kindsOf(type: ts.Type): Set<Kind> {
  const parts = type.isUnion() ? type.types : [type];
  return new Set(
    parts.map((part): Kind => {
      // Such as one of Node.js, which is not read.
      if (part.flags & ts.TypeFlags.Any) throw new Error("a prop's type is any, or one that is not known here");
      if (part.flags & ts.TypeFlags.Undefined) return "undefined";
      if (part.flags & ts.TypeFlags.Null) return "null";
      if (part.flags & ts.TypeFlags.NumberLike) return "number";
      if (part.flags & ts.TypeFlags.StringLike) return "string";
      if (part.flags & ts.TypeFlags.BooleanLike) return "boolean";
      if (checker.isArrayLikeType(part)) return "list";
      if (part.getCallSignatures().length > 0) return "function";
      return "object";
    }),
  );
}
