import { type LocalCloud, publicImages } from "local-cloud";

/** The part of a pair's settings that names what the account must have before the first deploy. */
export interface AccountSettings {
  readonly network: {
    readonly vpcId?: string;
    readonly subnetId?: string;
    readonly subnetCidrBlock: string;
    readonly availabilityZone: string;
  };
  /** @default - a public image, by its name */
  readonly imageId?: string;
  readonly keyIds?: readonly string[];
}

/** A public key that nobody has the private half of: nothing logs in here. */
const nobodysKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/**
 * Puts in place what a stack brings along by id and Terraform does not make: the image, key pairs, an existing
 * network. What is there already is left alone.
 *
 * @returns what was put in place, for people to read
 */
export function prepareAccount({ seed, state }: LocalCloud, settings: AccountSettings): string[] {
  const { network, imageId, keyIds = [] } = settings;
  const made: string[] = [];
  if (imageId !== undefined && !state.images.has(imageId) && !publicImages.some((image) => image.imageId === imageId)) {
    seed.image({ imageId });
    made.push(`image ${imageId}`);
  }
  for (const keyId of keyIds.filter((id) => !state.keyPairs.has(id))) {
    seed.keyPair({ keyId, keyName: keyId, publicKey: nobodysKey });
    made.push(`key pair ${keyId}`);
  }
  const { vpcId, subnetId, subnetCidrBlock: cidrBlock, availabilityZone: zone } = network;
  if (vpcId !== undefined && subnetId !== undefined && !state.subnets.has(subnetId)) {
    // The settings do not tell the VPC's range; the subnet's will do.
    if (!state.vpcs.has(vpcId)) seed.vpc({ vpcId, cidrBlock });
    seed.subnet({ subnetId, vpcId, cidrBlock, zone });
    made.push(`network ${vpcId}, ${subnetId}`);
  }
  return made;
}
