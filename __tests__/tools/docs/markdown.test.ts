import { describe, expect, test } from "vitest";
import { anchorsOf, fencesOf, linksOf, withLinks } from "../../../tools/docs/markdown.ts";

describe("fencesOf", () => {
  test("finds every block with its language and its line, also an indented one", () => {
    const text = [
      "# A",
      "```sh",
      "npm ci",
      "```",
      "1. step",
      "",
      "   ```yaml title",
      "   a:",
      "     b: 1",
      "   ```",
    ].join("\n");
    expect(fencesOf(text)).toEqual([
      { language: "sh", info: "", line: 2, text: "npm ci" },
      { language: "yaml", info: "title", line: 7, text: "a:\n  b: 1" },
    ]);
  });

  test("a longer mark may hold a shorter one", () => {
    expect(fencesOf("````md\n```sh\n```\n````").map(({ text }) => text)).toEqual(["```sh\n```"]);
  });

  test("refuses a block that does not end, and says where it begins", () => {
    expect(() => fencesOf("text\n```sh\nnpm ci")).toThrow("line 2: the block that begins here does not end");
  });
});

describe("linksOf", () => {
  test("finds links and images, also one whose text begins on the line before", () => {
    expect(linksOf("see [the\nprotocol](protocol.md#a) and ![picture](a.svg)")).toEqual([
      { target: "protocol.md#a", line: 2 },
      { target: "a.svg", line: 2 },
    ]);
  });

  test("leaves out what stands in code", () => {
    expect(linksOf("`[a](b.md)` [c](d.md)\n```\n[e](f.md)\n```")).toEqual([{ target: "d.md", line: 1 }]);
  });
});

test("withLinks changes the targets of links alone", () => {
  const text = "`[a](b)` [c](d) and ``[e](f) ` ``\n```\n[g](h)\n```";
  expect(withLinks(text, (target) => `${target}!`)).toBe("`[a](b)` [c](d!) and ``[e](f) ` ``\n```\n[g](h)\n```");
});

// As GitHub shows these headings of pages in this repository.
test.each([
  ["## `pairctl status`", "pairctl-status"],
  ["## What is assumed: the cloud, and more", "what-is-assumed-the-cloud-and-more"],
  ["### The [protocol](a.md) (beta)", "the-protocol-beta"],
  ["# a_b — c", "a_b--c"],
])("the anchor of '%s' is that of GitHub", (heading, anchor) => {
  expect(anchorsOf(heading)).toEqual([anchor]);
});

test("a heading that comes again has a number in its anchor", () => {
  expect(anchorsOf("# A\n## A\n```\n# A\n```\n## A")).toEqual(["a", "a-1", "a-2"]);
});
