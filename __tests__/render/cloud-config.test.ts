import { expect, test } from "vitest";
import { parse } from "yaml";
import { renderCloudConfig } from "../../constructs/render/cloud-config";

test("renders packages, files and commands in cloud-init's own words", () => {
  expect(
    renderCloudConfig({
      packages: ["keepalived"],
      files: [
        { path: "/etc/a", content: "one\ntwo\n" },
        { path: "/b", content: "#!/bin/sh\n", permissions: "0755" },
      ],
      commands: [["/b", "10.0.1.12"]],
    }),
  ).toBe(`- path: /etc/a
  content: |
    one
    two
- path: /b
  permissions: "0755"
  content: |
    #!/bin/sh
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
  const text = renderCloudConfig({ packages: [], files: [{ path: "/f", content }], commands: [] });
  expect(parse(`write_files:\n${text}`, { version: "1.1" }).write_files[0].content).toBe(content);
});
