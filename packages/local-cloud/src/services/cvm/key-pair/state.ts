/** A public SSH key. */
export interface KeyPair {
  keyId: string;
  keyName: string;
  publicKey: string;
  /** Unix time in ms. */
  createdAt: number;
}
