declare const __VERSION__: string | undefined;

/** pairctl's version and, in the bundle, the hash of its code: `0.1.0 1a2b3c4d`. The build puts it in. */
export const VERSION: string = typeof __VERSION__ === "string" ? __VERSION__ : "from source";
