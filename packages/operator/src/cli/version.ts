declare const __VERSION__: string | undefined;

/** The version of the package that the command comes with, such as `0.1.0`; the build puts it in. */
export const VERSION: string = typeof __VERSION__ === "string" ? __VERSION__ : "from source";
