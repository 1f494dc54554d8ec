import type { Credentials } from "./http/credentials.ts";
import {
  type AttachmentOptions,
  attachPolicyToRole,
  createPolicy,
  createRole,
  type PolicyOptions,
  type RoleOptions,
} from "./services/cam/index.ts";
import {
  createImage,
  createInstance,
  createKeyPair,
  type ImageOptions,
  type InstanceOptions,
  type KeyPairOptions,
  type Project,
  type SoldOut,
  soldOutKey,
} from "./services/cvm/index.ts";
import type { Core } from "./services/state.ts";
import { get } from "./services/store.ts";
import {
  type AddressOptions,
  associate,
  bindAddress,
  type BindingOptions,
  createAddress,
  createHaVip,
  createNetworkInterface,
  createSubnet,
  createVpc,
  type HaVipAssociation,
  type HaVipOptions,
  type NetworkInterfaceOptions,
  type SubnetOptions,
  type VpcOptions,
} from "./services/vpc/index.ts";

/** An instance or ENI that may hold a HAVIP. */
export interface HaVipAssociationOptions {
  readonly haVipId: string;
  readonly instanceId: string;
  /** @default "CVM" */
  readonly instanceType?: HaVipAssociation["instanceType"];
}

/**
 * Puts resources in place at once, with ids of one's choice, or random ones like the cloud's. Checks what the API
 * checks, with the API's errors; emits no events.
 */
export class Seed {
  readonly #core: Core;
  readonly #credentials: Credentials;

  constructor(core: Core, credentials: Credentials) {
    this.#core = core;
    this.#credentials = credentials;
  }

  vpc = (options: VpcOptions) => createVpc(this.#core, options);

  subnet = (options: SubnetOptions) => createSubnet(this.#core, options);

  /** A CVM and its primary ENI. */
  instance = (options: InstanceOptions) => createInstance(this.#core, options);

  /** A secondary ENI; without an instance it is attached to nothing. */
  networkInterface = (options: NetworkInterfaceOptions) => createNetworkInterface(this.#core, options);

  haVip = (options: HaVipOptions) => createHaVip(this.#core, options);

  haVipAssociation = ({ haVipId, instanceId, instanceType = "CVM" }: HaVipAssociationOptions) => {
    const haVip = get(this.#core.state.haVips, "HaVipId", haVipId);
    associate(this.#core, [{ haVip, association: { instanceId, instanceType } }]);
  };

  /** An EIP, bound at once if its target is given. */
  address = (options: AddressOptions) => createAddress(this.#core, options);

  /** Binds an EIP that is unbound. */
  bindAddress = (options: BindingOptions & { readonly addressId: string }) => bindAddress(this.#core, options);

  /** A role, which may do nothing until policies are attached. */
  role = (options: RoleOptions) => createRole(this.#core, options);

  policy = (options: PolicyOptions) => createPolicy(this.#core, options);

  rolePolicyAttachment = (options: AttachmentOptions) => attachPolicyToRole(this.#core, options);

  /** An image that instances can be made of, beside the public ones. */
  image = (options: ImageOptions) => createImage(this.#core, options);

  /** From now on, a zone has none left of an instance type. */
  soldOut = (what: SoldOut) => void this.#core.state.soldOut.set(soldOutKey(what), what);

  /** A project of the account, beside the default one. */
  project = (project: Project) => void this.#core.state.projects.set(project.projectId, project);

  /** A public SSH key of the account. */
  keyPair = (options: KeyPairOptions) => createKeyPair(this.#core, options);

  /** A permanent key of the account, which may do everything. */
  secret = ({ secretId, secretKey }: { readonly secretId: string; readonly secretKey: string }) =>
    this.#credentials.addSecret(secretId, secretKey);
}
