import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const SOURCE = join(import.meta.dirname, "../src");
const ROWS = join(SOURCE, "contract/settings.ts");

/** What the compiler says of settings-in-use.ts where the contract has another row. */
function errorsWithRow(row: string): string[] {
  const options: ts.CompilerOptions = {
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, strict: true, noEmit: true },
    ...{ allowImportingTsExtensions: true, skipLibCheck: true, types: ["node"] },
    // By default a browser's as well, which take as long to read as all the rest.
    lib: ["lib.es2022.d.ts"],
  };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  host.readFile = (file) => {
    const text = readFile(file);
    return file === ROWS ? text?.replace("export const SETTINGS_ROWS = {", (found) => `${found}\n${row}`) : text;
  };
  host.getSourceFile = (file, target) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, target);
  };
  const checked = join(SOURCE, "settings-in-use.ts");
  const program = ts.createProgram([checked], options, host);
  const diagnostics = program.getSemanticDiagnostics(program.getSourceFile(checked));
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test("a key that no step of pairctl reads does not compile, and the error says what to do", () => {
  expect(errorsWithRow("forgotten: { ...flag, optional: true },")).toEqual([
    expect.stringContaining(
      "Nothing in pairctl reads 'forgotten': name it in Run<…> of the step that uses it, or in KeyReadOutsideSteps, or remove its row.",
    ),
  ]);
});
