// What a release needs to be true, before anything is published: `npm run check:release -- [TAG]`. Prints the notes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { releaseOf } from "./changelog";
import { type RepositoryManifest, webAddress } from "./manifest";

/** What a release is made of. */
export interface ReleaseInput {
  readonly changelog: string;
  readonly manifest: Pick<RepositoryManifest, "version" | "repository">;
  /** The tag, such as `v1.2.0`, where there is one. */
  readonly tag: string | undefined;
  /** The repository that it is built in, such as `https://github.com/owner/name`, where it is built in a hosted workflow. */
  readonly builtIn: string | undefined;
}

/**
 * The notes of a release whose version is said alike everywhere.
 *
 * @throws where the changelog, package.json, the tag and the repository do not agree
 */
export function releaseNotes({ changelog, manifest, tag, builtIn }: ReleaseInput): string {
  const { version, notes } = releaseOf(changelog);
  if (manifest.version !== version) {
    throw new Error(
      `package.json has version ${manifest.version}, CHANGELOG.md ${version}: run 'npm version --no-git-tag-version ${version}'`,
    );
  }
  if (tag !== undefined && tag !== `v${version}`)
    throw new Error(`the tag is ${tag}, CHANGELOG.md has ${version}: tag it v${version}`);
  const declared = webAddress(manifest);
  if (builtIn !== undefined && builtIn !== declared) {
    throw new Error(
      `package.json has the repository ${declared}, this is ${builtIn}: npm takes provenance only where they are the same; correct 'repository'`,
    );
  }
  return notes;
}

if (require.main === module) {
  const root = join(__dirname, "../..");
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
  try {
    const notes = releaseNotes({
      changelog: readFileSync(join(root, "CHANGELOG.md"), "utf8"),
      manifest: JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as RepositoryManifest,
      tag: process.argv[2],
      builtIn: server === undefined || repository === undefined ? undefined : `${server}/${repository}`,
    });
    console.log(notes);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
