/** Markup that may stand in a page as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in a template: texts are escaped, markup is not, lists are joined. */
export type Content = Markup | string | number | readonly Content[];

/** Markup from a template in which every text that is filled in is escaped. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + render(contents[index - 1] ?? "") + part));
}

/** JSON that can stand in a script element: nothing in it ends the element. */
export function jsonForScript(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll("<", "\\u003c"));
}

function render(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === "object") return content.map(render).join("");
  return String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
