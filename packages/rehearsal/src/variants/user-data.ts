import { gunzipSync, gzipSync } from "node:zlib";
import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from "yaml";
import type { Role } from "../report/run-record.ts";
import type { StackModel, StackNode } from "../stack/stack.ts";
import { type Change, ChangeError, type Edit, edited } from "./change.ts";

const BOTH: readonly Role[] = ["primary", "secondary"];

/** Another text of a file that the user data writes. @param roles of which nodes */
export function inNodeFile(path: string, edit: Edit, roles: readonly Role[] = BOTH): Change {
  return inUserData(path, roles, (config) => {
    const file = fileEntry(config, path);
    file.set("content", edited(path, edit, String(file.get("content"))));
  });
}

/** Other permissions of a file that the user data writes, such as `0644`. */
export function inPermissions(path: string, permissions: string): Change {
  return inUserData(`the permissions of ${path}`, BOTH, (config) => {
    fileEntry(config, path).set("permissions", permissions);
  });
}

function inUserData(where: string, roles: readonly Role[], change: (config: Document) => void): Change {
  return {
    where,
    stack: async (stack) =>
      withNodes(stack, (node) => {
        if (!roles.includes(node.role)) return node;
        const before = gunzipSync(node.userData).toString();
        const config = parseDocument(before, { version: "1.1" });
        change(config);
        const after = config.toString({ lineWidth: 0 });
        edited(where, () => JSON.stringify(config), JSON.stringify(parseDocument(before, { version: "1.1" })));
        return { ...node, userData: gzipSync(after) };
      }),
  };
}

/** The same stack with other nodes. */
export function withNodes(stack: StackModel, change: (node: StackNode) => StackNode): StackModel {
  return { ...stack, nodes: stack.nodes.map(change) as unknown as StackModel["nodes"] };
}

function fileEntry(config: Document, path: string): YAMLMap {
  const files = config.get("write_files");
  const items = isSeq(files) ? files.items.filter(isMap) : [];
  const found = items.find((item) => {
    const value = item.get("path", true);
    return isScalar(value) && value.value === path;
  });
  if (found === undefined) throw new ChangeError(path, "finds no such file in the user data");
  return found;
}
