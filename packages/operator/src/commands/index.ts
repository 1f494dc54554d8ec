import type { Command } from "../cli/command.ts";
import { status } from "./status.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [status];
