import { expect, test } from "vitest";
import { ensureInotifyInstances } from "../../src/machine/inotify.ts";
import { PrerequisitesError } from "../../src/machine/prerequisites.ts";

test("two labs do with what Debian allows", () => {
  expect(() => ensureInotifyInstances(2, 128)).not.toThrow();
});

test("refuses more labs than the kernel has inotify instances for, and says how to raise their number", () => {
  const act = () => ensureInotifyInstances(4, 128);
  expect(act).toThrow("'--labs' 4 takes up to 160 inotify instances, this machine allows 128: sysctl");
  expect(act).toThrow(PrerequisitesError);
});
