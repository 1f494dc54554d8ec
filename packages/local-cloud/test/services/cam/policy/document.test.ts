import { expect, test } from "vitest";
import { believed } from "../../../../src/services/assumptions.ts";
import { parsePolicyDocument } from "../../../../src/services/cam/policy/document.ts";

const statement = { effect: "allow", action: ["vpc:DescribeHaVips"], resource: ["*"] };

test("reads a document that is JSON text", () => {
  const document = JSON.stringify({ version: "2.0", statement: [{ ...statement, action: "name/vpc:DescribeHaVips" }] });
  expect(parsePolicyDocument(document, believed)).toEqual({
    statements: [{ effect: "allow", actions: ["vpc:DescribeHaVips"], resources: ["*"] }],
  });
});

test.each([
  ["{", "PolicyDocumentError", "the document must be JSON"],
  [{ statement: [statement] }, "VersionError", `'version' must be "2.0", got nothing`],
  [{ version: "2.0", statement: [] }, "StatementError", "'statement' must be a list of at least one statement, got []"],
  [
    { version: "2.0", statement: [{ ...statement, effect: "Allow" }] },
    "EffectError",
    `'effect' must be allow or deny, got "Allow"`,
  ],
  [
    { version: "2.0", statement: [{ ...statement, action: [] }] },
    "ActionError",
    "'action' must be a pattern or a list of them, got []",
  ],
  [
    { version: "2.0", statement: [{ ...statement, resource: [] }] },
    "ResourceError",
    "'resource' must be a pattern or a list of them, got []",
  ],
  [
    { version: "2.0", statement: [{ ...statement, resource: "eni/*" }] },
    "ResourceError",
    "'resource' must be * or qcs::<service>:<region>:<account>:<resource>, got 'eni/*'",
  ],
  [
    { version: "2.0", statement: [{ ...statement, resource: "qcs::vcp:::eni/*" }] },
    "ResourceServiceNotExist",
    "the service 'vcp' of the resource 'qcs::vcp:::eni/*' does not exist",
  ],
  [
    { version: "2.0", statement: [{ ...statement, condition: {} }] },
    "ConditionError",
    "'condition' must be absent here, got {}: it is not evaluated",
  ],
])("refuses the document %j", (document, kind, message) => {
  expect(() => parsePolicyDocument(document, believed)).toThrow(
    expect.objectContaining({ code: `InvalidParameter.${kind}`, message: `Policy document: ${message}.` }),
  );
});
