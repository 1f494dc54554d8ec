import ts from "typescript";

/**
 * A compiled file (JavaScript or declarations) that imports other modules: TypeScript's own reader finds where a module
 * is named, so that neither a comment nor a text with the same word is touched.
 *
 * @param rename the new name of a module, or the same one
 */
export function withSpecifiers(text: string, rename: (specifier: string) => string): string {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.toSorted((one, other) => other.pos - one.pos)
    .reduce((changed, { fileName, pos, end }) => {
      const quoted = changed.slice(pos, end + 1);
      const at = pos + quoted.indexOf(fileName);
      return `${changed.slice(0, at)}${rename(fileName)}${changed.slice(at + fileName.length)}`;
    }, text);
}

/** The modules that a compiled file imports. */
export function specifiersOf(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}
