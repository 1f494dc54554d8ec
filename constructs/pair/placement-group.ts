import { Construct } from "constructs";
import { cloudId, nameField } from "../props/cloud-fields";
import { PlacementGroup as PlacementGroupResource } from "../provider";
import { requireInteger, requireName } from "../props/validation";
import { checked, requireAttributes } from "../props/checked";
import { Identity } from "../terraform/identity";
import * as shape from "../props/shape";
import { literals } from "../terraform/literals";

/** A placement group: instances of one share no host, switch or rack, after its type. */
export interface IPlacementGroup {
  /** The id (`ps-…`). May be a token. */
  readonly placementGroupId: string;
}

/** A new placement group. */
export interface PlacementGroupProps {
  /**
   * What no two instances share: a host, a switch (`SW`) or a rack. A plan that changes it is refused.
   *
   * @default "HOST"
   */
  readonly type?: "HOST" | "SW" | "RACK";
  /**
   * How many instances may share one nevertheless, 1–10. A plan that changes it is refused.
   *
   * @default - the cloud's, which is 1
   */
  readonly affinity?: number;
  /**
   * The name, 1–60 characters.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Tags.
   *
   * @default - no tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

const IPLACEMENT_GROUP: shape.Shape<IPlacementGroup> = { placementGroupId: cloudId("ps") };

/** The kind of {@link IPlacementGroup}. */
export const PLACEMENT_GROUP = shape.part(
  "a placement group",
  "give a PlacementGroup, or PlacementGroup.fromPlacementGroupAttributes(…)",
  IPLACEMENT_GROUP,
);

const AFFINITY: shape.Limits = [1, 10];

/** The kinds of {@link PlacementGroupProps}. */
export const PLACEMENT_GROUP_PROPS: shape.Shape<PlacementGroupProps> = {
  type: shape.optional(shape.oneOf("HOST", "SW", "RACK")),
  affinity: shape.optional(shape.integer(1, AFFINITY)),
  name: shape.optional(nameField("web")),
  tags: shape.optional(shape.tags()),
};

/** A placement group, so that one broken host does not take both nodes. */
@checked(PLACEMENT_GROUP_PROPS)
export class PlacementGroup extends Construct implements IPlacementGroup {
  /** A placement group that exists already. */
  static fromPlacementGroupAttributes(attributes: IPlacementGroup): IPlacementGroup {
    requireAttributes("PlacementGroup.fromPlacementGroupAttributes", IPLACEMENT_GROUP, attributes);
    return { placementGroupId: attributes.placementGroupId };
  }

  readonly placementGroupId: string;
  /** The resource, child `PlacementGroup`. */
  readonly resource: PlacementGroupResource;
  /** What it was deployed with, and cannot become another: child `Identity`. */
  readonly identity: Identity;

  /** @throws where the affinity is no integer of 1–10, or the name is too long */
  constructor(scope: Construct, id: string, props: PlacementGroupProps = {}) {
    super(scope, id);
    const name = props.name ?? id;
    requireName("placementGroup.name", name);
    if (props.affinity !== undefined) {
      requireInteger("placementGroup.affinity", props.affinity, ...AFFINITY, "1 keeps the two nodes apart");
    }
    const { type = "HOST" } = props;
    this.identity = new Identity(this, "Identity", {
      values: { type, affinity: String(props.affinity ?? "the cloud's own") },
      remedy:
        "the cloud deletes no group that has machines in it. Give another PlacementGroup the new one, and deploy a " +
        "new pair in it",
    });
    this.resource = new PlacementGroupResource(this, "PlacementGroup", {
      ...literals({ name, tags: { ...props.tags } }),
      type,
      affinity: props.affinity,
    });
    this.placementGroupId = this.resource.id;
  }
}
