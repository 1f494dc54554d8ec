import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { FakeRoot } from "../support/fake-root.ts";
import { LOG } from "../support/pair.ts";

describe("pairctl", () => {
  /** A command on a root where systemctl only notes what it is asked. */
  async function command(word: string, root: FakeRoot): Promise<{ status: number; lines: string[] }> {
    const lines: string[] = [];
    const host = { ...nodeHost(), shell: (text: string) => root.shell(text) };
    return { status: await main(host, [word], (line) => lines.push(line)), lines };
  }

  test.each([
    ["drain", "disable --now keepalived"],
    // What the doctor's check `units` asks for.
    ["undrain", "enable --now pairctl pairctl.timer keepalived"],
  ])("%s is systemctl's %s, whose words and exit status it passes on", async (word, asked) => {
    using root = new FakeRoot().program("systemctl", 'echo "$@"');
    expect(await command(word, root)).toEqual({ status: 0, lines: [`${asked}\n`] });
    root.program("systemctl", 'echo "Failed: $*" >&2; exit 5');
    expect(await command(word, root)).toEqual({ status: 5, lines: [`Failed: ${asked}\n`] });
  });

  test.each(["drain", "undrain", "receipts"])("%s is no success where the shell itself is killed", async (word) => {
    const lines: string[] = [];
    const host = { ...nodeHost(), shell: () => nodeHost().shell("kill -KILL $$") };
    expect(await main(host, [word], (line) => lines.push(line))).toBe(1);
    expect(lines).toEqual([""]);
  });

  test("receipts shows the last ten that are more than a pass of the timer with nothing new", async () => {
    using root = new FakeRoot();
    const line = (trigger: string, verdict: string) => `${JSON.stringify({ time: "t", trigger, verdict })}\n`;
    const news = [line("MASTER", "moved"), line("timer", "failed"), line("BACKUP", "idle"), line("MASTER", "holds")];
    const old = line("MASTER", "refused").repeat(7);
    root.file(LOG, old + line("timer", "holds") + news.join("") + line("timer", "idle"));
    expect(await command("receipts", root)).toEqual({
      status: 0,
      lines: [line("MASTER", "refused").repeat(6) + news.join("")],
    });
  });

  test("--version says version, hash and usage, and exits with 0", async () => {
    const lines: string[] = [];
    expect(await main(nodeHost(), ["--version"], (line) => lines.push(line))).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^from source\nusage: pairctl agent\|doctor\|/)]);
  });
});
