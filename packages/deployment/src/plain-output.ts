import { stripVTControlCharacters } from "node:util";

/** Whether a stream of output gets plain lines: it is no terminal, or the environment asks for them. */
export function wantsPlainOutput(isTTY: boolean, env: NodeJS.ProcessEnv): boolean {
  // By no-color.org, NO_COLOR counts with any value but an empty one.
  const asks = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return !isTTY || asks;
}

/** A frame of a spinner: a sign of Braille, which turns, and what is being done. */
const SPINNER = /^[\u2800-\u28ff]\s+/u;

/**
 * Makes lines for a log of what a command writes for a terminal: without colours and cursor movements, and what a spinner
 * says once, as long as it says the same.
 *
 * @param write gets whole lines
 * @returns takes the command's output, in pieces of any size
 */
export function plainOutput(write: (text: string) => void): (text: string) => void {
  let unfinished = "";
  let spinning = "";
  let wasBlank = true;
  return (text) => {
    const lines = (unfinished + text).split("\n");
    unfinished = lines.pop() ?? "";
    for (const raw of lines) {
      const line = stripVTControlCharacters(raw).replaceAll("\r", "").trimEnd();
      const isSpinner = SPINNER.test(line);
      const said = line.replace(SPINNER, "");
      if (isSpinner ? said === spinning : said === "" && wasBlank) continue;
      if (isSpinner) spinning = said;
      wasBlank = said === "";
      write(`${said}\n`);
    }
  };
}
