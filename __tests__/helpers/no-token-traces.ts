// cdktf takes a stack trace of each token and resource that is made. The test runner maps each of its lines to the
// source, which would be half of the time of a synth; nobody reads them. Errors keep theirs.
const { prepareStackTrace } = Error;

/** A trace of what is no error. */
function prepare(error: Error, sites: NodeJS.CallSite[]): unknown {
  return error instanceof Error ? prepareStackTrace?.(error, sites) : "";
}

if (prepareStackTrace?.name !== prepare.name) Error.prepareStackTrace = prepare;
