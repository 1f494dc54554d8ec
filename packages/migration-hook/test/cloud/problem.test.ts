import { describe, expect, test } from "vitest";
import { passes } from "../../src/cloud/problem.ts";

describe("what passes by itself:", () => {
  test.each([
    "RequestLimitExceeded",
    "RequestLimitExceeded.UinLimitExceeded",
    "InternalError",
    "InternalServerError",
    "ResourceInUse",
    "ResourceInUse.Address",
    "ResourceUnavailable",
    "UnsupportedOperation.MutexOperationTaskRunning",
    "UnauthorizedOperation.AttachmentNotFound",
    "InvalidAddressId.AlreadyBindEip",
    "InvalidAddressIdStatus.NotPermit",
    "AuthFailure.SignatureExpire",
    "AuthFailure.TokenFailure",
    "AuthFailure.SecretIdNotFound",
    "NetworkError",
    "Metadata",
    "Task",
    "VRRP",
    undefined,
  ])("%s", (code) => {
    expect(passes(code === undefined ? {} : { code })).toBe(true);
  });

  test.each([
    "Settings",
    "UnauthorizedOperation",
    "AuthFailure.UnauthorizedOperation",
    "AuthFailure.SignatureFailure",
    "InvalidParameterValue.Malformed",
    "InvalidParameterValue.TaskId",
    "InvalidParameter.NetworkError",
    "LimitExceeded",
    "ResourceNotFound",
    "UnsupportedOperation",
    "MissingParameter",
  ])("not %s", (code) => {
    expect(passes({ code })).toBe(false);
  });
});
