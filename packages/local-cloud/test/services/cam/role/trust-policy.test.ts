import { expect, test } from "vitest";
import { letsCvmAssume, parseTrustPolicy } from "../../../../src/services/cam/role/trust-policy.ts";

const document = (principal: unknown) =>
  JSON.stringify({ version: "2.0", statement: [{ action: "name/sts:AssumeRole", effect: "allow", principal }] });

test.each([
  { service: ["cvm.qcloud.com"] },
  { service: "cloudaudit.cloud.tencent.com" },
  { qcs: ["qcs::cam::uin/100000000001:uin/100000000001"] },
])("takes the principal %j", (principal) => {
  expect(() => parseTrustPolicy(document(principal))).not.toThrow();
});

test.each<[unknown, string]>([
  [undefined, "InvalidParameter.PrincipalError"],
  ["cvm.qcloud.com", "InvalidParameter.PrincipalError"],
  [{ service: ["cvn.qcloud.com"] }, "InvalidParameter.PrincipalServiceNotExist"],
  [{ service: ["cvm.amazonaws.com"] }, "InvalidParameter.PrincipalServiceNotExist"],
  [{ qcs: ["somebody"] }, "InvalidParameter.PrincipalQcsError"],
])("refuses the principal %j", (principal, expected) => {
  expect(() => parseTrustPolicy(document(principal))).toThrow(expect.objectContaining({ code: expected }));
});

test("a role is for CVMs if its document says so", () => {
  expect(letsCvmAssume(document({ service: ["scf.qcloud.com", "cvm.qcloud.com"] }))).toBe(true);
  expect(letsCvmAssume(document({ service: ["scf.qcloud.com"] }))).toBe(false);
});
