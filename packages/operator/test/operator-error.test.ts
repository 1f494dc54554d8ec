import { CloudError, CredentialsError } from "cloud-client";
import { expect, test } from "vitest";
import { OperatorError, outcomeOf, UsageError } from "../src/operator-error.ts";

test.each([
  ["a command that gives itself an outcome", new OperatorError("refused", "no"), "refused"],
  ["a line that cannot be understood", new UsageError("no"), "usage"],
  ["missing credentials", new CredentialsError("no"), "usage"],
  ["credentials that the cloud does not take", new CloudError("AuthFailure.SignatureFailure", "X", "no"), "usage"],
  ["a cloud that refuses", new CloudError("UnauthorizedOperation", "X", "no"), "unknown"],
  ["a cloud that does not answer", new CloudError("NetworkError", "X", "no"), "unknown"],
  ["a fault of the command itself", new TypeError("no"), undefined],
])("%s has an exit status of its own", (_, error, outcome) => {
  expect(outcomeOf(error)).toBe(outcome);
});
