// TypeScript as the tests load it: an import makes Node.js parse its 9 MB three times, first to find out what it exports.
import { createRequire } from "node:module";
import type ts from "typescript";

export default createRequire(__filename)("typescript") as typeof ts;
