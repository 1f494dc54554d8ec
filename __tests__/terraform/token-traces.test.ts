import { App, Lazy, TerraformOutput, TerraformStack } from "cdktf";
import { afterEach, expect, test, vi } from "vitest";
import { withoutTokenTraces } from "../../constructs/terraform/token-traces";

const captureStackTrace = vi.spyOn(Error, "captureStackTrace");
afterEach(() => captureStackTrace.mockClear());

function synthTokens(): void {
  const app = new App();
  const stack = new TerraformStack(app, "stack");
  new TerraformOutput(stack, "Output", { value: Lazy.stringValue({ produce: () => "produced" }) });
  app.synth();
}

test("an app is synthesized without a call stack for each token", () => {
  synthTokens();
  expect(captureStackTrace).toHaveBeenCalled();
  captureStackTrace.mockClear();
  withoutTokenTraces(synthTokens);
  expect(captureStackTrace).not.toHaveBeenCalled();
});

test("errors have their call stacks, and what the program throws is thrown", () => {
  class OwnError extends Error {
    constructor() {
      super("broken");
      Error.captureStackTrace(this, OwnError);
    }
  }
  const program = () => {
    throw new OwnError();
  };
  expect(() => withoutTokenTraces(program)).toThrow(expect.objectContaining({ stack: expect.stringContaining("at ") }));
});

test("tokens have their call stacks again after it, also where the program has failed", () => {
  const program = () => {
    throw new Error("broken");
  };
  expect(() => withoutTokenTraces(program)).toThrow("broken");
  expect(Error.captureStackTrace).toBe(captureStackTrace);
  expect(withoutTokenTraces(() => "returned")).toBe("returned");
  expect(Error.captureStackTrace).toBe(captureStackTrace);
});
