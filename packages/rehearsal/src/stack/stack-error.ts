/** The stack cannot be rehearsed as it is; the message says why, and what to do. */
export class StackError extends Error {}
