// Records the public API, or compares it with the record: `npm run api`, `npm run check:api`, after `npm run build:packages`.
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SOURCE_NAME } from "./flavours";

const ROOT = join(__dirname, "../..");
/** Where the record lies: one file for each entry point. */
export const RECORD = join(ROOT, "docs/api");

/** The entry points that export something. `/vitest` and `/jest` add to `expect` what `/testing` exports. */
const ENTRY_POINTS = { index: "index.d.ts", provider: "provider.d.ts", testing: "testing/index.d.ts" };

/**
 * Compares the API of a built package with its record.
 *
 * @param folder the package's folder
 * @param isUpdate whether the record is written where it differs
 * @returns what is wrong, a line each; nothing where all is as recorded
 */
export function compareApi(folder: string, isUpdate: boolean, record = RECORD): string[] {
  mkdirSync(record, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), "api-"));
  try {
    return compareEntryPoints(folder, { isUpdate, record, scratch });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

interface Comparison {
  readonly isUpdate: boolean;
  readonly record: string;
  /** Where API Extractor writes what it found. */
  readonly scratch: string;
}

function compareEntryPoints(folder: string, { isUpdate, record, scratch }: Comparison): string[] {
  const configs = Object.entries(ENTRY_POINTS).map(([name, declarations]) => ({
    name,
    config: configOf(folder, declarations, {
      reportFileName: `${name}.api.md`,
      reportFolder: record,
      reportTempFolder: scratch,
    }),
  }));
  // One program for all of them: reading the core library's declarations takes longer than all else.
  const [first] = configs;
  if (first === undefined) return [];
  const entryPoints = configs.map(({ config }) => config.mainEntryPointFilePath);
  const compilerState = CompilerState.create(first.config, { additionalEntryPoints: entryPoints });
  return configs.flatMap(({ name, config }) => {
    const problems: string[] = [];
    const result = Extractor.invoke(config, {
      compilerState,
      localBuild: isUpdate,
      messageCallback: (message) => {
        message.handled = true;
        if (message.logLevel === ExtractorLogLevel.Error) problems.push(`${name}: ${message.text}`);
      },
    });
    if (result.apiReportChanged && !isUpdate) {
      problems.push(
        `${name}: the public API differs from docs/api/${name}.api.md: if that is wanted, run 'npm run api', commit the record, and say it in CHANGELOG.md`,
      );
    }
    return problems;
  });
}

function configOf(
  folder: string,
  declarations: string,
  report: { readonly reportFileName: string; readonly reportFolder: string; readonly reportTempFolder: string },
): ExtractorConfig {
  const compilerOptions = {
    module: "nodenext",
    moduleResolution: "nodenext",
    target: "es2022",
    // By default a browser's as well, which take as long to read as all the rest.
    lib: ["es2022"],
    strict: true,
    types: [],
  };
  // Whether the docs are complete is for people to judge; what is exported stands in the record.
  const quiet = { default: { logLevel: ExtractorLogLevel.None } };
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, "lib/constructs", declarations),
      compiler: {
        overrideTsconfig: { compilerOptions, files: [join("lib/constructs", declarations)] },
      },
      apiReport: { enabled: true, ...report },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      newlineKind: "lf",
      messages: { extractorMessageReporting: quiet, tsdocMessageReporting: quiet },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, "package.json"),
  });
}

if (require.main === module) {
  const problems = compareApi(join(ROOT, "dist/packages", SOURCE_NAME), process.argv.includes("--update"));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
