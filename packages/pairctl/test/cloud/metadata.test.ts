import { expect, test } from "vitest";
import { metadata } from "../../src/cloud/metadata.ts";
import type { Host } from "../../src/node/host.ts";
import { nodeHost } from "../../src/node/real-host.ts";

const SETTINGS = { metadataEndpoint: "http://metadata.test" };
const KEPT = "/run/pairctl.zone";

/** What the service says, of what is good where it begins with `ap-` and, once it was kept, does not end with `-old`. */
async function ask(answer: () => Promise<{ status: number; body: string }>, files = new Map<string, string>()) {
  const asked: string[] = [];
  const host: Host = {
    ...nodeHost(),
    readFile: (path) => files.get(path),
    writeFile: (path, text) => void files.set(path, text),
    request: (url) => {
      asked.push(url);
      return answer();
    },
  };
  const read = (text: string, isKept: boolean) =>
    text.startsWith("ap-") && !(isKept && text.endsWith("-old")) ? text : undefined;
  const found = await metadata(host, SETTINGS, { path: "placement/zone", name: "zone", read }).catch(
    (error: Error) => error.message,
  );
  return { asked, files, found };
}

const saying = (body: string, status = 200) => ask(() => Promise.resolve({ status, body }));

test("is asked for by its path, and kept on the node", async () => {
  const { asked, files, found } = await saying("ap-singapore-1");
  expect(found).toBe("ap-singapore-1");
  expect(asked).toEqual(["http://metadata.test/latest/meta-data/placement/zone"]);
  expect(files.get(KEPT)).toBe("ap-singapore-1");
});

test("is not asked for again while what is kept is good", async () => {
  const answer = () => Promise.reject(new Error("away"));
  const { asked, found } = await ask(answer, new Map([[KEPT, "ap-singapore-2"]]));
  expect([found, asked]).toEqual(["ap-singapore-2", []]);
});

test("is asked for again where what is kept is not good any more", async () => {
  const answer = () => Promise.resolve({ status: 200, body: "ap-singapore-1" });
  const { files, found } = await ask(answer, new Map([[KEPT, "ap-singapore-old"]]));
  expect([found, files.get(KEPT)]).toEqual(["ap-singapore-1", "ap-singapore-1"]);
});

test("refuses an answer that is not good, says the status, and keeps nothing", async () => {
  const { files, found } = await saying("<html>log in</html>", 404);
  expect(found).toBe("metadata placement/zone: status 404, no zone");
  expect(files.size).toBe(0);
});

test("says why the service did not answer", async () => {
  const { found } = await ask(() => Promise.reject(new Error("timed out")));
  expect(found).toBe("metadata placement/zone: status timed out, no zone");
});
