import { bundlePairctl } from "pairctl/bundle";
import { type Mechanism, NODE_PATHS, packedProgram } from "pairctl/contract";
import { type Change, ChangeError, type Edit, edited } from "./change.ts";
import { inNodeFile } from "./user-data.ts";

/** How every bundle is made here; the shipped one is minified once more, which changes its size only. */
const OPTIONS = { version: "broken on purpose", isMinifiedTwice: false } as const;

/** The bundles that are not broken: one serves for all changes. */
const unbroken = new Map<Mechanism, Promise<string>>();

function unbrokenBundle(mechanism: Mechanism): Promise<string> {
  const bundle = unbroken.get(mechanism) ?? bundlePairctl({ ...OPTIONS, mechanism });
  unbroken.set(mechanism, bundle);
  return bundle;
}

/**
 * Another text of one of pairctl's source files, bundled as the real one is but for its size.
 *
 * @param path below pairctl's `src/`
 */
export function inPairctl(path: string, edit: Edit): Change {
  const where = `pairctl's ${path}`;
  return {
    where,
    stack: async (stack) => {
      const { mechanism } = stack;
      let isFound = false;
      const broken = await bundlePairctl({
        ...OPTIONS,
        mechanism,
        transform: (file, text) => {
          if (file !== path) return text;
          isFound = true;
          return edited(where, edit, text);
        },
      });
      if (!isFound) throw new ChangeError(where, `finds no such file`);
      // The bundle of a mechanism leaves out what only the other one needs.
      const code = edited(where, () => broken, await unbrokenBundle(mechanism));
      const change = inNodeFile(NODE_PATHS.command, () => packedProgram(code));
      return change.stack === undefined ? stack : change.stack(stack);
    },
  };
}
