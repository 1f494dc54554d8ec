// What stands above the keys of a settings file in the source: the interfaces of settings/ and of the constructs' props.
import { join } from "node:path";
import ts from "typescript";
import { rowComments } from "../docs/node-settings";

const ROOT = join(__dirname, "../..");
const SOURCE = join(ROOT, "settings/pair-settings.ts");

/** What is said of a key. */
export interface Description {
  /** What the key is. */
  readonly text: string;
  /** What stands behind `@default`: a value as it is written in TypeScript, or `- ` and a description. */
  readonly default: string | undefined;
}

/** What is said of each key, by its path; `[]` stands for the items of a list, such as `ingress[].port`. */
export function descriptions(): Map<string, Description> {
  const program = ts.createProgram([SOURCE], {
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    ...{ target: ts.ScriptTarget.ES2022, lib: ["lib.es2023.d.ts"], types: [] },
    ...{
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      experimentalDecorators: true,
    },
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(SOURCE);
  const declaration = source?.statements
    .filter(ts.isInterfaceDeclaration)
    .find(({ name }) => name.text === "PairSettings");
  if (declaration === undefined) throw new Error(`${SOURCE} has no PairSettings`);
  const found = new Map<string, Description>();
  const rows = rowComments();

  const walk = (type: ts.Type, path: string): void => {
    for (const each of type.isUnion() ? type.types : [type]) {
      if (!(each.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) continue;
      const [item] = checker.isArrayType(each) ? checker.getTypeArguments(each as ts.TypeReference) : [];
      if (item !== undefined) walk(item, `${path}[]`);
      // Tags, and what is for cloud-init: of such an object the keys are the user's.
      else if (checker.getIndexTypeOfType(each, ts.IndexKind.String) === undefined) walkProps(each, path);
    }
  };
  const walkProps = (type: ts.Type, path: string): void => {
    for (const prop of checker.getPropertiesOfType(type)) {
      const key = path === "" ? prop.name : `${path}.${prop.name}`;
      const text = ts.displayPartsToString(prop.getDocumentationComment(checker));
      const tag = prop.getJsDocTags(checker).find(({ name }) => name === "default");
      const row = path === "pairctl" ? rows.get(prop.name) : undefined;
      const said = row ?? { text, default: tag && ts.displayPartsToString(tag.text) };
      if (said.text === "") throw new Error(`${key} has no comment: say what it is`);
      if (!found.has(key)) found.set(key, { text: ofAFile(said.text), default: said.default && oneLine(said.default) });
      walk(checker.getTypeOfSymbolAtLocation(prop, declaration), key);
    }
  };
  walkProps(checker.getTypeAtLocation(declaration), "");
  return found;
}

/** Without what is said for programs: a file has no tokens. */
function ofAFile(text: string): string {
  return oneLine(text).replace(/ May be a token\./g, "");
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
