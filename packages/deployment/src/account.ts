import { createHash } from "node:crypto";
import { type LocalCloud, publicImages, type Seed } from "local-cloud";

/** What the account must have before the first deploy, since what is deployed names it by its id. */
export interface AccountNeeds {
  readonly imageIds: readonly string[];
  readonly keyIds: readonly string[];
  /** Beside the default one. */
  readonly projectIds: readonly number[];
  /** With the range that they have at least. */
  readonly vpcs: readonly { readonly vpcId: string; readonly cidrBlock: string }[];
  readonly subnets: readonly {
    readonly subnetId: string;
    readonly vpcId: string;
    readonly cidrBlock: string;
    readonly zone: string;
  }[];
}

/**
 * Puts in place what a stack brings along by id and Terraform does not make: images, key pairs, projects, networks. What is there
 * already is left alone.
 *
 * @returns what was put in place, for people to read
 */
export function prepareAccount({ seed, state }: Pick<LocalCloud, "seed" | "state">, needs: AccountNeeds): string[] {
  const isThere = (imageId: string) =>
    state.images.has(imageId) || publicImages.some((image) => image.imageId === imageId);
  return [
    ...needs.imageIds.filter((id) => !isThere(id)).map((imageId) => image(seed, imageId)),
    ...needs.keyIds.filter((id) => !state.keyPairs.has(id)).map((keyId) => keyPair(seed, keyId)),
    ...needs.projectIds.filter((id) => !state.projects.has(id)).map((projectId) => project(seed, projectId)),
    ...needs.vpcs
      .filter(({ vpcId }) => !state.vpcs.has(vpcId))
      .map((vpc) => `VPC ${seed.vpc(vpc).vpcId} (${vpc.cidrBlock})`),
    ...needs.subnets
      .filter(({ subnetId }) => !state.subnets.has(subnetId))
      .map((subnet) => `subnet ${seed.subnet(subnet).subnetId} (${subnet.cidrBlock})`),
  ];
}

function image(seed: Seed, imageId: string): string {
  seed.image({ imageId });
  return `image ${imageId}`;
}

function keyPair(seed: Seed, keyId: string): string {
  seed.keyPair({ keyId, keyName: keyId, publicKey: nobodysKey(keyId) });
  return `key pair ${keyId}`;
}

/**
 * A public key of OpenSSH that nobody has the private half of: nothing logs in here. Each id has another one, since an
 * account takes a public key once only.
 */
function nobodysKey(keyId: string): string {
  const type = "ssh-ed25519";
  const parts = [Buffer.from(type), createHash("sha256").update(keyId).digest()];
  const blob = Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]));
  return `${type} ${blob.toString("base64")}`;
}

/** A field's length as SSH writes it before the field (RFC 4251, "string"). */
function lengthOf(field: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(field.length);
  return bytes;
}

function project(seed: Seed, projectId: number): string {
  seed.project({ projectId });
  return `project ${projectId}`;
}
