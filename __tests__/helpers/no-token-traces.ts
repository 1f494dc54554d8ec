// Half of the time of a synth would be stack traces of cdktf's tokens, which nobody reads in a test. All others are taken.
import { isTokenTrace } from "../../constructs/terraform/token-traces";

const { captureStackTrace } = Error;

function captureButForTokens(target: { stack?: unknown }, below?: Parameters<typeof captureStackTrace>[1]): void {
  if (!isTokenTrace(target)) captureStackTrace(target, below);
}

if (captureStackTrace.name !== captureButForTokens.name) Error.captureStackTrace = captureButForTokens;
