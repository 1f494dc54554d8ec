import { expect, test } from "vitest";
import { specifiersOf, withSpecifiers } from "../../../tools/package/specifiers";

const CODE = `const a = require("cdktf"); // require("cdktf")
import { b } from 'cdktf';
export declare const c: import("cdktf").App;
export * from "./d.ts";
const e = "cdktf";`;

test("renames a module wherever it is imported, and neither in texts nor in comments", () => {
  expect(specifiersOf(CODE)).toEqual(["cdktf", "cdktf", "cdktf", "./d.ts"]);
  expect(withSpecifiers(CODE, (name) => (name === "cdktf" ? "cdktn" : name.replace(".ts", ".js"))))
    .toBe(`const a = require("cdktn"); // require("cdktf")
import { b } from 'cdktn';
export declare const c: import("cdktn").App;
export * from "./d.js";
const e = "cdktf";`);
});
