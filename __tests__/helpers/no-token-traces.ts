// cdktf takes a stack trace of each token and resource that is made, as deep as it is, which would be half of the time of a
// synth; nobody reads them. All others are taken.
const { captureStackTrace } = Error;

/** Takes no trace for cdktf, whose objects for them have an empty one already. */
function captureButForTokens(target: { stack?: unknown }, below?: Parameters<typeof captureStackTrace>[1]): void {
  if (target.stack !== "" || target instanceof Error) captureStackTrace(target, below);
}

if (captureStackTrace.name !== captureButForTokens.name) Error.captureStackTrace = captureButForTokens;
