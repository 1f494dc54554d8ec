import { NODE_PATHS } from "../contract";
import { parsed, type Resource, type SynthesizedUserData, userDataOf } from "./synthesized";

/**
 * The synthesized stack as one reads it in a snapshot: user data decoded and file by file, cdktf's own notes left out.
 * The built pairctl is left out as well: it has its own tests, and its one long line would hide every other difference.
 */
export function readableStack(synthesized: string | object): unknown {
  return readable(parsed(synthesized));
}

function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as Resource).filter(([key]) => key !== "//");
  return Object.fromEntries(
    entries.map(([key, child]) => {
      const userData = key === "user_data" ? userDataOf({ user_data: child }) : undefined;
      return [key, userData === undefined ? readable(child) : readableUserData(userData)];
    }),
  );
}

function readableUserData({ files, document }: SynthesizedUserData): unknown {
  const { write_files: _, ...rest } = document;
  const { command } = NODE_PATHS;
  const shown =
    command in files ? { ...files, [command]: { permissions: "0755", content: "(the built pairctl)" } } : files;
  return { ...rest, files: shown };
}
