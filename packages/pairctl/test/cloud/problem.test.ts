import { describe, expect, test } from "vitest";
import { passes } from "../../src/cloud/problem.ts";
import { ACTIONS } from "../../src/contract/index.ts";
import { SDK_ERRORS } from "./sdk-errors.ts";

/** What may be otherwise at the next look, of all that the SDK lists for pairctl's actions. */
const PASSING = [
  "FailedOperation.NetDetectTimeOut",
  "FailedOperation.TaskFailed",
  "InternalError.ModuleError",
  "InvalidAddressIdStatus.NotPermit",
  "InvalidInstanceId.AlreadyBindEip",
  "InvalidNetworkInterfaceId.NotFound",
  "InvalidParameterValue.InvalidInstanceState",
  "InvalidParameterValue.NetworkInterfaceIdNotMatch",
  "InvalidParameterValue.PrivateIpAddressNotMatch",
  "InvalidPrivateIpAddress.AlreadyBindEip",
  "LimitExceeded.ActionLimited",
  "OperationDenied.MutexTaskRunning",
  "RequestLimitExceeded",
  "ResourceInUse",
  "UnauthorizedOperation.AttachmentNotFound",
  "UnsupportedOperation.AddressStatusNotPermit",
  "UnsupportedOperation.AttachmentNotFound",
  "UnsupportedOperation.IdempotentProcessing",
  "UnsupportedOperation.InstanceStateNotSupported",
  "UnsupportedOperation.InstanceStatusNotPermit",
  "UnsupportedOperation.InvalidState",
  "UnsupportedOperation.MutexOperationTaskRunning",
];

test("of all codes that the official SDK lists for pairctl's actions, just those of a passing state pass", () => {
  expect(Object.keys(SDK_ERRORS).sort()).toEqual(Object.keys(ACTIONS).sort());
  const codes = [...new Set(Object.values(SDK_ERRORS).flat())];
  expect(codes.filter((code) => passes({ code })).sort()).toEqual(PASSING);
});

describe("codes of every action:", () => {
  test.each([
    "RequestLimitExceeded",
    "RequestLimitExceeded.UinLimitExceeded",
    "LimitExceeded.ActionLimited",
    "InternalError",
    "InternalError.ModuleError",
    "InternalServerError",
    "ServiceUnavailable",
    "ResourceUnavailable",
    "ResourceInUse.Address",
    "UnsupportedOperation.IdempotentProcessing",
    "InvalidAddressIdStatus.NotPermit",
    "AuthFailure.SignatureExpire",
    "AuthFailure.TokenFailure",
    "AuthFailure.SecretIdNotFound",
    "AuthFailure.SignatureFailure",
    "AuthFailure.InvalidSecretId",
    "AuthFailure.InvalidAuthorization",
  ])("%s passes", (code) => {
    expect(passes({ code })).toBe(true);
  });

  test.each([
    "UnauthorizedOperation",
    "AuthFailure.UnauthorizedOperation",
    "AuthFailure.MFAFailure",
    "InvalidParameter.NetworkError",
    "AddressQuotaLimitExceeded",
    "ResourceUnavailable.ServiceWhiteListNotAdded",
    "RequestLimitExceededForGood",
    "UnsupportedOperation.AddressIpInternetChargeTypeNotPermit",
    "UnsupportedOperation.TagNotPermit",
  ])("%s does not pass", (code) => {
    expect(passes({ code })).toBe(false);
  });
});

test.each(["NetworkError", "Malformed", "Metadata", "Task", "VRRP"])("our own %s passes", (code) => {
  expect(passes({ code })).toBe(true);
});

test("settings that are wrong stay wrong", () => {
  expect(passes({ code: "Settings" })).toBe(false);
});
