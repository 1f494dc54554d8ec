import { expect, test } from "vitest";
import { cutLine } from "../../src/live/cut-line.ts";

test.each([
  ["as it is where it fits", "keepalived-stopped", "keepalived-stopped"],
  ["cut where it is too long", "keepalived-stopped-and-started", "keepalived-stopp..."],
  [
    "cut by the columns that it takes, of which a Chinese character has two",
    "主节点上的地址被移走了吗",
    "主节点上的地址被...",
  ],
  ["without colours and cursor movements", "\u001b[31mred\u001b[0m \u001b[2Jgone", "red gone"],
  ["in one line, without tabs", "one\r\ntwo\tthree", "one two three"],
])("a line of nineteen columns is %s", (_, text, shown) => {
  expect(cutLine(text, 19)).toBe(shown);
});

test("a line without room is empty", () => {
  expect(cutLine("keepalived", 0)).toBe("");
});
