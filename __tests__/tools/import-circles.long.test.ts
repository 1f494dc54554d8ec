import { join } from "node:path";
import { expect, test } from "vitest";
import { circlesOfFiles, circlesOfFolders, type Import, importsOf } from "../../tools/lint/import-circles";

const imports = importsOf(join(__dirname, "..", ".."));

/**
 * The resources of one service of the local cloud know each other, as they do in the cloud: a network interface has
 * addresses of a subnet, which must not be given away twice. The service's state names them all.
 */
const WITHIN_A_SERVICE = /^packages\/local-cloud\/src\/services\/(vpc|cvm|cbs|cam|tat)\//;
const isWithinAService = ({ from, to }: Import) => {
  const service = WITHIN_A_SERVICE.exec(from)?.[0];
  return service !== undefined && to.startsWith(service);
};

test("no file of the project needs itself, by its types neither", () => {
  expect(imports.length).toBeGreaterThan(1000);
  expect(circlesOfFiles(imports)).toEqual([]);
});

test("no folder needs one beside it that needs it", () => {
  expect(circlesOfFolders(imports).filter((each) => !isWithinAService(each))).toEqual([]);
});

test("an import of types, and one of a package of the workspace, is an import", () => {
  expect(imports).toContainEqual({
    from: "packages/rehearsal/src/report/run-record.ts",
    to: "packages/local-cloud/src/index.ts",
  });
});

test("finds the imports that close a circle of files", () => {
  const [there, back] = [
    { from: "a/one.ts", to: "a/two.ts" },
    { from: "a/two.ts", to: "a/one.ts" },
  ];
  const other = { from: "a/one.ts", to: "b/three.ts" };
  expect(circlesOfFiles([there, back, other])).toEqual([there, back]);
  expect(circlesOfFolders([there, back, other])).toEqual([there, back]);
});

test("finds the folders that need each other through other files, however deep", () => {
  const there = { from: "a/x/one.ts", to: "a/y/two.ts" };
  const on = { from: "a/y/deep/three.ts", to: "a/z.ts" };
  const back = { from: "a/z.ts", to: "a/x/four.ts" };
  const other = { from: "a/x/one.ts", to: "b/five.ts" };
  expect(circlesOfFiles([there, on, back, other])).toEqual([]);
  expect(circlesOfFolders([there, on, back, other])).toEqual([there, on, back]);
});
