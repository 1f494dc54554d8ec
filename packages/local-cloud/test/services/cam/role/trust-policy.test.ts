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
  [undefined, "PrincipalError"],
  ["cvm.qcloud.com", "PrincipalError"],
  [{ service: ["cvn.qcloud.com"] }, "PrincipalServiceNotExist"],
  [{ service: ["cvm.amazonaws.com"] }, "PrincipalServiceNotExist"],
  [{ qcs: ["somebody"] }, "PrincipalQcsError"],
])("refuses the principal %j", (principal, kind) => {
  expect(() => parseTrustPolicy(document(principal))).toThrow(
    expect.objectContaining({ code: `InvalidParameter.${kind}` }),
  );
});

test("a role is for CVMs if its document says so", () => {
  expect(letsCvmAssume(document({ service: ["scf.qcloud.com", "cvm.qcloud.com"] }))).toBe(true);
  expect(letsCvmAssume(document({ service: ["scf.qcloud.com"] }))).toBe(false);
});
