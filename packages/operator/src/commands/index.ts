import type { Command } from "../cli/command.ts";
import { plan } from "./plan.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [plan];
