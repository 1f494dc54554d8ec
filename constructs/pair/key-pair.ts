import { Token } from "cdktf";
import { Construct } from "constructs";
import { cloudId } from "../props/cloud-fields";
import { KeyPair as KeyPairResource } from "../provider";
import { PropError } from "../props/validation";
import { checked, requireAttributes } from "../props/checked";
import * as shape from "../props/shape";
import { literals } from "../terraform/literals";

/** An SSH key pair that the cloud knows. */
export interface IKeyPair {
  /** The id (`skey-…`). May be a token. */
  readonly keyId: string;
}

/** A new SSH key pair. */
export interface KeyPairProps {
  /** The public key, as in an `authorized_keys` file. May be a token. Changing it replaces the pair. */
  readonly publicKey: string;
  /**
   * The name: 1–25 letters, digits and underscores.
   *
   * @default - the construct's id
   */
  readonly keyName?: string;
  /**
   * Tags.
   *
   * @default - no tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const IKEY_PAIR: shape.Shape<IKeyPair> = { keyId: cloudId("skey") };

/** The kind of {@link IKeyPair}. */
export const KEY_PAIR = shape.part("an SSH key pair", "give a KeyPair, or KeyPair.fromKeyPairAttributes(…)", IKEY_PAIR);

const KEY_NAME = /^\w{1,25}$/;
const PUBLIC_KEY = /^(ssh|ecdsa|sk)-\S+ \S+/;

/** The kinds of {@link KeyPairProps}. */
export const KEY_PAIR_PROPS: shape.Shape<KeyPairProps> = {
  publicKey: shape.matching("ssh-ed25519 AAAA… me@home", PUBLIC_KEY),
  keyName: shape.optional(shape.matching("ops", KEY_NAME)),
  tags: shape.optional(shape.tags()),
};

/** An SSH key pair, made from the public half: the private one never comes near the cloud or Terraform's state. */
@checked(KEY_PAIR_PROPS)
export class KeyPair extends Construct implements IKeyPair {
  /** A key pair that exists already. */
  static fromKeyPairAttributes(attributes: IKeyPair): IKeyPair {
    requireAttributes("KeyPair.fromKeyPairAttributes", IKEY_PAIR, attributes);
    return { keyId: attributes.keyId };
  }

  readonly keyId: string;
  /** The resource, child `KeyPair`. */
  readonly resource: KeyPairResource;

  /** @throws where the name or the public key is not valid */
  constructor(scope: Construct, id: string, props: KeyPairProps) {
    super(scope, id);
    const keyName = props.keyName ?? id;
    if (!Token.isUnresolved(keyName) && !KEY_NAME.test(keyName)) {
      throw new PropError("keyName", keyName, "must be 1 to 25 letters, digits and underscores", "choose another name");
    }
    if (!Token.isUnresolved(props.publicKey) && !PUBLIC_KEY.test(props.publicKey)) {
      throw new PropError(
        "publicKey",
        props.publicKey,
        "must be a public key as in authorized_keys",
        "give the content of the .pub file, such as 'ssh-ed25519 AAAA… me@home'",
      );
    }
    this.resource = new KeyPairResource(this, "KeyPair", {
      keyName,
      ...literals({ publicKey: props.publicKey, tags: { ...props.tags } }),
    });
    this.keyId = this.resource.id;
  }
}
