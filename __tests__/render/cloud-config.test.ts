import { expect, test } from "vitest";
import { parse } from "yaml";
import { packedText } from "../../constructs/contract";
import { renderCloudConfig, renderFiles } from "../../constructs/render/cloud-config";

test("renders packages, files and commands in cloud-init's own words", () => {
  expect(
    renderCloudConfig(
      {
        bootCommands: [["/a", "b"]],
        packages: ["keepalived"],
        files: [
          { path: "/etc/a", content: "one\ntwo\n" },
          { path: "/b", content: "#!/bin/sh\n", permissions: "0755" },
        ],
        commands: [["/b", "10.0.1.12"]],
      },
      renderFiles({ path: "/first", content: "" }, []),
    ),
  ).toBe(`- path: /etc/a
  content: |
    one
    two
- path: /b
  permissions: "0755"
  content: |
    #!/bin/sh
bootcmd:
- - /a
  - b
packages:
- keepalived
runcmd:
- - /b
  - 10.0.1.12
`);
});

test.each([
  ["a long line", `${"word ".repeat(200)}\n`],
  ["no newline at the end", "text"],
  ["blank lines around", "\n\n text \n\n"],
  ["what YAML takes for something else", "yes: no\n- 0777\n# not a comment: 'it'\n"],
  ["tabs and quotes", "\t\"a\" 'b' \\ `c`\n"],
])("keeps a file to the letter: %s", (_, content) => {
  const before = renderFiles({ path: "/d", content }, [{ path: "/e", content }]);
  const text = renderCloudConfig(
    { bootCommands: [], packages: [], files: [{ path: "/f", content }], commands: [] },
    before,
  );
  const beginning = packedText({ packed: before.packed, quoted: "" });
  const { write_files } = parse(beginning + before.text + text, { version: "1.1" });
  expect(write_files.map((file: { content: string }) => file.content)).toEqual([content, content, content]);
});
