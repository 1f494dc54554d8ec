import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { whyNoBlocks } from "../../constructs/render/keepalived-blocks";

const hasKeepalived = spawnSync("keepalived", ["--version"]).status === 0;
if (!hasKeepalived)
  console.log("not run: keepalived is not installed, so its own judgement of the blocks is not asked");

const folder = mkdtempSync(join(tmpdir(), "keepalived-blocks-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether the real keepalived has nothing to say about the blocks. */
function isTakenByKeepalived(blocks: string): boolean {
  const file = join(folder, "keepalived.conf");
  writeFileSync(file, `global_defs {\n    router_id test\n}\n${blocks}\n`);
  return spawnSync("keepalived", ["--config-test", "--use-file", file]).status === 0;
}

const SERVER = `virtual_server 10.0.1.100 80 {
    delay_loop 5
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 10.0.1.21 8080 {
        TCP_CHECK {
            connect_timeout 3
        }
    }
}`;

const TAKEN: [string, string][] = [
  ["nothing", ""],
  ["a virtual server", SERVER],
  ["its brace in the next line", SERVER.replace(" {", "\n{")],
  ["a brace in a comment and in quotes", `# }\n${SERVER} ! {\nvrrp_script ours {\n    script "/bin/echo }"\n}`],
  ["a server under a condition", `@east include /etc/keepalived/servers.conf\n$PORT=80`],
  ["static addresses", "static_ipaddress {\n    10.9.9.9/32 dev lo\n}"],
  ["any blanks in a comment and in quotes", `# caf\u00e9\u00a0!\nvrrp_script ours {\n    script "/bin/echo \u00a0"\n}`],
  ["a file that is tracked", "track_file ours {\n    file /run/ours\n}"],
];

const REFUSED: [string, string, RegExp][] = [
  ["a block that does not end", SERVER.slice(0, -1), /close each brace that it opens, and lacks 1/],
  ["a brace too many", `${SERVER}\n}`, /open each brace that it closes, and does not in line 12/],
  ["a quote that does not end", 'vrrp_script ours {\n    script "/bin/true\n}', /close its quotes.* in line 2/],
  ["a word that keepalived does not know", "virtual_sever 10.0.1.100 80 {\n}", /keepalived's blocks.* line 1/],
  ["a directive of an instance outside of it", "priority 100", /keepalived's blocks/],
  ["a byte order mark before it", `\ufeff${SERVER}`, /plain blanks or tabs.* byte order mark in line 1/],
  [
    "a blank that is none for keepalived",
    SERVER.replace("delay_loop ", "delay_loop\u00a0"),
    /plain blanks or tabs between its words.* line 2/,
  ],
];

/** What keepalived itself takes, or takes on some versions, but which would break the pair. */
const OUR_BUSINESS: [string, string, RegExp][] = [
  ["a second vrrp_instance", "vrrp_instance OTHER {\n}", /must not have a vrrp_instance of its own/],
  ["a second vrrp_instance under a condition", "@east vrrp_instance OTHER {\n}", /must not have a vrrp_instance/],
  ["one that is repeated", "~SEQ(n,1,2) vrrp_instance V$n {\n}", /must not have a vrrp_instance of its own/],
  ["one by a name for it", "$INSTANCE=vrrp_instance\n$INSTANCE OTHER {\n}", /must not have a vrrp_instance of its own/],
  ["a second vrrp_sync_group", "vrrp_sync_group OTHER {\n}", /must not have a vrrp_sync_group of its own/],
  ["a second global_defs", "global_defs {\n}", /must not have a global_defs of its own/],
  ["a brace without a blank before it", SERVER.replace("80 {", "80{"), /blank around each brace.* line 1/],
  ["half of a character", SERVER.replace("8080", "8080 \ud800"), /half of a surrogate pair/],
  ["line ends of Windows", SERVER.replaceAll("\n", "\r\n"), /line ends of Unix/],
];

test.each(TAKEN)("takes %s", (_, blocks) => expect(whyNoBlocks(blocks)).toBeUndefined());

test.each([...REFUSED, ...OUR_BUSINESS])("refuses %s, and says what to do", (_, blocks, problem) => {
  expect(whyNoBlocks(blocks)).toMatchObject({
    problem: expect.stringMatching(problem),
    remedy: expect.stringMatching(/\w/),
  });
});

describe.skipIf(!hasKeepalived)("keepalived's own config test", () => {
  test.each(TAKEN)("takes %s as well", (_, blocks) => expect(isTakenByKeepalived(blocks)).toBe(true));
  test.each(REFUSED)("refuses %s as well", (_, blocks) => expect(isTakenByKeepalived(blocks)).toBe(false));
});
