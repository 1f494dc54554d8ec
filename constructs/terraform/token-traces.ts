/**
 * Makes and synthesizes an app without the call stacks that cdktf writes down for each token, which is a sixth of the time
 * of an app of a hundred pairs run from TypeScript. What is lost is the place "created at" in cdktf's own errors about a
 * token that it cannot resolve; the stacks of errors that are thrown stay.
 *
 * @example
 * withoutTokenTraces(() => {
 *   const app = new App();
 *   new WebPairs(app, "web");
 *   app.synth();
 * });
 * @param program makes the app and synthesizes it, and is not asynchronous: the traces are back when it returns
 * @returns what the program returns
 * @throws what the program throws
 */
export function withoutTokenTraces<Result>(program: () => Result): Result {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = (target, below) => {
    if (!isTokenTrace(target)) captureStackTrace(target, below);
  };
  try {
    return program();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}

/** Whether a stack trace is wanted by cdktf for a token: its objects for them have an empty one already. */
export function isTokenTrace(target: { stack?: unknown }): boolean {
  return target.stack === "" && !(target instanceof Error);
}
