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
  ["{", "InvalidParameter.PolicyDocumentError", "the document must be JSON"],
  [{ statement: [statement] }, "InvalidParameter.VersionError", `'version' must be "2.0", got nothing`],
  [
    { version: "2.0", statement: [] },
    "InvalidParameter.StatementError",
    "'statement' must be a list of at least one statement, got []",
  ],
  [
    { version: "2.0", statement: [{ ...statement, effect: "Allow" }] },
    "InvalidParameter.EffectError",
    `'effect' must be allow or deny, got "Allow"`,
  ],
  [
    { version: "2.0", statement: [{ ...statement, action: [] }] },
    "InvalidParameter.ActionError",
    "'action' must be a pattern or a list of them, got []",
  ],
  [
    { version: "2.0", statement: [{ ...statement, resource: [] }] },
    "InvalidParameter.ResourceError",
    "'resource' must be a pattern or a list of them, got []",
  ],
  [
    { version: "2.0", statement: [{ ...statement, resource: "eni/*" }] },
    "InvalidParameter.ResourceError",
    "'resource' must be * or qcs::<service>:<region>:<account>:<resource>, got 'eni/*'",
  ],
  [
    { version: "2.0", statement: [{ ...statement, resource: "qcs::vcp:::eni/*" }] },
    "InvalidParameter.ResourceServiceNotExist",
    "the service 'vcp' of the resource 'qcs::vcp:::eni/*' does not exist",
  ],
  [
    { version: "2.0", statement: [{ ...statement, condition: {} }] },
    "InvalidParameter.ConditionError",
    "'condition' must be absent here, got {}: it is not evaluated",
  ],
])("refuses the document %j", (document, expected, message) => {
  expect(() => parsePolicyDocument(document, believed)).toThrow(
    expect.objectContaining({ code: expected, message: `Policy document: ${message}.` }),
  );
});
