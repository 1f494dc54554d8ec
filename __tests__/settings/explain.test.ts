import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExplainedKey, explainSettings, explanationText } from "../../settings/explain";

const folder = mkdtempSync(join(tmpdir(), "explain-test-"));
const [base, prod] = [join(folder, "base.yaml"), join(folder, "prod.yaml")];
const PASSWORD = "hunter2";
let all: ExplainedKey[];

beforeAll(() => {
  copyFileSync(join(__dirname, "../../pair.yaml"), base);
  const lines = [
    "instanceType: S5.LARGE8",
    "eip: null",
    "keepalived:",
    "  advertInt: 2",
    "  authPass: { terraformVariable: vrrp }",
  ];
  writeFileSync(prod, `${lines.join("\n")}\n`);
  all = explainSettings(`${base},${prod}`, { TF_VAR_vrrp: PASSWORD });
});
afterAll(() => rmSync(folder, { recursive: true }));

const explained = (key: string) => all.find((each) => each.key === key);

test.each([
  ["instanceType", '"S5.LARGE8"', () => `${prod}:1`],
  ["keepalived.advertInt", "2", () => `${prod}:4`],
  ["region", '"ap-singapore"', () => expect.stringMatching(new RegExp(`^${base}:\\d+$`)) as string],
  ["checkInstanceType", "true", () => "default"],
  ["eip", undefined, () => `default, since ${prod}:2 takes it out`],
  ["keepalived.authPass", "(secret)", () => `environment TF_VAR_vrrp (set), by ${prod}:5`],
])("says of %s what it is, and which file or default that comes from", (key, value, from) => {
  expect(explained(key)).toMatchObject({ key, value, from: from() });
});

test("says of each key what it means, and shows no secret", () => {
  expect(all.filter(({ doc }) => doc === "")).toEqual([]);
  expect(explanationText(all)).toContain(`keepalived.advertInt = 2 s  [${prod}:4]\n    `);
  expect(JSON.stringify(all)).not.toContain(PASSWORD);
});
