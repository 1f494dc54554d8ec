// The props of the public API, as the source of the constructs says them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const CONSTRUCTS = join(__dirname, "../../constructs");

/** The declarations of the constructs' source, by name. */
function declarations(): Map<string, ts.Node> {
  const found = new Map<string, ts.Node>();
  for (const file of readdirSync(CONSTRUCTS, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const source = ts.createSourceFile(
      file,
      readFileSync(join(CONSTRUCTS, file), "utf8"),
      ts.ScriptTarget.Latest,
      true,
    );
    for (const statement of source.statements) {
      const isNamed =
        ts.isInterfaceDeclaration(statement) ||
        ts.isClassDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement);
      if (isNamed && statement.name) found.set(statement.name.text, statement);
    }
  }
  return found;
}

/** The names that constructs/index.ts exports. */
function exportedNames(): string[] {
  const text = readFileSync(join(CONSTRUCTS, "index.ts"), "utf8");
  const source = ts.createSourceFile("index.ts", text, ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
}

/** The names of the types that a piece of the source refers to. */
function typesIn(node: ts.Node): string[] {
  const own =
    (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && [node.typeName.text]) ||
    (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression) && [node.expression.text]) ||
    [];
  const below: string[] = [];
  ts.forEachChild(node, (child) => void below.push(...typesIn(child)));
  return [...own, ...below];
}

/**
 * The interfaces that users of the exported classes fill in, each with its own props: those of constructors and of static
 * methods, and those that these refer to.
 */
export function publicProps(): Map<string, string[]> {
  const known = declarations();
  const props = new Map<string, string[]>();
  const visit = (name: string): void => {
    const declaration = known.get(name);
    if (declaration === undefined || props.has(name)) return;
    if (ts.isTypeAliasDeclaration(declaration)) return typesIn(declaration.type).forEach(visit);
    if (!ts.isInterfaceDeclaration(declaration)) return;
    props.set(
      name,
      declaration.members.flatMap((member) => (ts.isPropertySignature(member) ? [member.name.getText()] : [])),
    );
    typesIn(declaration).forEach(visit);
  };
  for (const name of exportedNames()) {
    const declaration = known.get(name);
    if (declaration === undefined || !ts.isClassDeclaration(declaration)) continue;
    for (const member of declaration.members) {
      const isStatic =
        ts.canHaveModifiers(member) &&
        ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
      const parameters =
        ts.isConstructorDeclaration(member) || (isStatic && ts.isMethodDeclaration(member)) ? member.parameters : [];
      parameters.flatMap(typesIn).forEach(visit);
    }
  }
  return props;
}
