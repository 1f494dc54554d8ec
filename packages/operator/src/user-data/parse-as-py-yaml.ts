import { parse, type Tags } from "yaml";

/**
 * What YAML 1.1 has for a boolean or a number, and PyYAML for a text: `y`, `08`, an exponent without a point or a sign, a
 * sign before a point. Source: PyYAML's resolver.
 */
const TEXT = String.raw`(?:[yYnN]|[-+]?0\d*[89]\d*|[-+]?\d[\d_]*[eE][-+]?\d+|[-+]?[\d._]+[eE]\d+|[-+]\.\S*)`;

/**
 * Reads a document of YAML 1.1 as PyYAML does, by which cloud-init reads its configuration.
 *
 * @throws where it is no YAML
 */
export function parseAsPyYaml(text: string): unknown {
  return parse(text, { version: "1.1", customTags: withoutTexts });
}

function withoutTexts(tags: Tags): Tags {
  return tags.map((tag) => {
    if (typeof tag === "string" || !("test" in tag) || tag.test === undefined) return tag;
    return { ...tag, test: new RegExp(`(?!${TEXT}$)${tag.test.source}`, tag.test.flags) };
  });
}
