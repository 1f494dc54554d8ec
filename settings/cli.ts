// Explains a pair's settings: npm run settings -- --help
import { parseArgs } from "node:util";
import { explainSettings, explanationText } from "./explain";
import { settingsFiles } from "../packages/settings-files/src/settings-files";
import { orExplain } from "./index";

/** How the command is used. */
const USAGE = `usage: npm run settings -- explain [KEY…] [options]
  KEY                  only this key, and those below it, such as keepalived or vip (default: every key)
  --settings FILES     the settings files, with commas between them, each of which overlays those before it
                       (default: the environment's PAIR_SETTINGS, or pair.yaml)
  --json               print JSON: key, value, from, unit, doc
  --help               this text

Prints every key with its value, where that comes from (file and line, default or environment), its unit and what it is.
exit status: 0 printed, 1 the settings cannot be used, 2 wrong usage`;

/**
 * Runs the command line, and sets the exit status of the process.
 *
 * @param argv the arguments behind the command's name
 */
export function main(argv: readonly string[]): void {
  const options = optionsOf(argv);
  if (typeof options === "string") {
    console.error(`${options}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (options.help) return console.log(USAGE);
  orExplain(() => {
    const all = explainSettings(settingsFiles(options.settings));
    const asked = all.filter(({ key }) => options.keys.length === 0 || options.keys.some((each) => isOf(key, each)));
    process.stdout.write(options.json ? `${JSON.stringify(asked, null, 2)}\n` : explanationText(asked));
  });
}

const isOf = (key: string, asked: string) =>
  key === asked || key.startsWith(`${asked}.`) || key.startsWith(`${asked}[`);

/** What is asked for, or what is wrong with it. */
function optionsOf(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        settings: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const [command, ...keys] = positionals;
    if (command !== "explain" && !values.help) return `the command must be explain, got '${command ?? ""}'`;
    return { ...values, keys };
  } catch (error) {
    return (error as Error).message;
  }
}

if (require.main === module) main(process.argv.slice(2));
