import { beforeEach, describe, expect, test } from "vitest";
import { instanceIdOf } from "../../src/cloud/instance-id.ts";
import { metadata } from "../../src/cloud/metadata.ts";
import type { Host, HttpAnswer, HttpRequest } from "../../src/node/host.ts";
import { STATE } from "../support/pair.ts";

const SETTINGS = { metadataEndpoint: "http://metadata.tencentyun.com" };
let files: Map<string, string>;
let asked: [string, HttpRequest][];
beforeEach(() => {
  files = new Map();
  asked = [];
});

/** A node whose metadata service gives an answer, or fails. */
function nodeWith(answer: HttpAnswer | Error): Host {
  return {
    readFile: (path: string) => files.get(path),
    writeFile: (path: string, text: string) => void files.set(path, text),
    request: (url: string, question: HttpRequest) => {
      asked.push([url, question]);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  } as Partial<Host> as Host;
}

/** Good is what begins with "good", and once it is kept, only what is "good for long". */
const item = {
  path: "a/b",
  name: "thing",
  read: (text: string, isKept: boolean) => (text.startsWith(isKept ? "good for long" : "good") ? text : undefined),
};
const ask = (answer: HttpAnswer | Error) => metadata(nodeWith(answer), SETTINGS, item);

test("is asked below its path, for a second at most, and what it says is kept on the node", async () => {
  expect(await ask({ status: 200, body: "good for long" })).toBe("good for long");
  expect(asked).toEqual([["http://metadata.tencentyun.com/latest/meta-data/a/b", { method: "GET", timeoutMs: 1000 }]]);
  expect(files.get(`${STATE}thing`)).toBe("good for long");
});

test("is not asked for what is kept and good, so that its outage stops no move", async () => {
  files.set(`${STATE}thing`, "good for long");
  expect(await ask(new Error("timed out"))).toBe("good for long");
  expect(asked).toEqual([]);
});

test("is asked again for what is kept and not good any more, and that is kept in its place", async () => {
  files.set(`${STATE}thing`, "good");
  expect(await ask({ status: 200, body: "good again" })).toBe("good again");
  expect(files.get(`${STATE}thing`)).toBe("good again");
});

describe("says what went wrong, and keeps nothing,", () => {
  test.each<[string, HttpAnswer | Error, string]>([
    ["where it does not answer", new Error("timed out"), "metadata a/b: status timed out, no thing"],
    ["where it has no such thing", { status: 404, body: "Not Found" }, "metadata a/b: status 404, no thing"],
    ["where it answers with something else", { status: 200, body: "<html>" }, "metadata a/b: status 200, no thing"],
  ])("%s", async (_, answer, message) => {
    await expect(ask(answer)).rejects.toMatchObject({ code: "Metadata", message });
    expect([...files]).toEqual([]);
  });

  test("and what is kept and not good any more is no answer in its place", async () => {
    files.set(`${STATE}thing`, "good");
    await expect(ask(new Error("timed out"))).rejects.toMatchObject({ code: "Metadata" });
  });
});

describe("the id of this instance", () => {
  const idIn = (body: string) => instanceIdOf(nodeWith({ status: 200, body }), SETTINGS);

  test("is what the service says, and is asked for once", async () => {
    expect(await idIn("ins-a1b2c3d4")).toBe("ins-a1b2c3d4");
    expect(await idIn("ins-other000")).toBe("ins-a1b2c3d4");
    expect(asked.map(([url]) => url)).toEqual(["http://metadata.tencentyun.com/latest/meta-data/instance-id"]);
  });

  test.each(["", "<html>ins-a1b2c3d4", "ins-a1b2c3d4\n", "ins-", "i-a1b2c3d4"])("is not %j", async (body) => {
    await expect(idIn(body)).rejects.toMatchObject({ message: "metadata instance-id: status 200, no instance-id" });
  });
});
