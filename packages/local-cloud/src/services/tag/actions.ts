import { CloudError } from "../../api/errors.ts";
import { integer, list, object, optional, string } from "../../api/parameters.ts";
import { checkTags, maxTags, type TagCodes } from "./checks.ts";
import { defineAction } from "./service.ts";
import type { Core, State } from "./state.ts";
import { dropTags, putTags, type Taggable, taggable, tagsOf } from "./tags.ts";

const tagCodes: TagCodes = {
  duplicateKey: "InvalidParameter.Tag",
  emptyKey: "InvalidParameterValue.TagKeyEmpty",
  keyLength: "InvalidParameterValue.TagKeyLengthExceeded",
  valueLength: "InvalidParameterValue.TagValueLengthExceeded",
  reservedKey: "InvalidParameter.ReservedTagKey",
  tooMany: "LimitExceeded.ResourceAttachedTags",
};

/** Adds, changes and takes away tags of one resource. */
export const modifyResourceTags = defineAction(
  "ModifyResourceTags",
  object({
    Resource: string,
    ReplaceTags: optional(list(object({ TagKey: string, TagValue: string }))),
    DeleteTags: optional(list(object({ TagKey: string }))),
  }),
  (core, { Resource, ReplaceTags = [], DeleteTags = [] }) => {
    const { kind, id } = readResource(core, Resource);
    const tags = ReplaceTags.map(({ TagKey: Key, TagValue: Value }) => ({ Key, Value }));
    checkTags(tags, tagCodes);
    const deleted = DeleteTags.map(({ TagKey }) => TagKey);
    const both = ReplaceTags.find(({ TagKey }) => deleted.includes(TagKey));
    if (both) {
      throw new CloudError(
        "InvalidParameterValue.DeleteTagsParamError",
        `\`${both.TagKey}\` is to be set and deleted.`,
      );
    }
    const { state } = core;
    const keys = new Set([...Object.keys(tagsOf(state, kind, id)), ...ReplaceTags.map(({ TagKey }) => TagKey)]);
    for (const key of deleted) keys.delete(key);
    if (keys.size > maxTags) {
      throw new CloudError(tagCodes.tooMany, `A resource has at most ${maxTags} tags.`);
    }
    dropTags(state, kind, id, deleted);
    putTags(state, kind, id, tags);
    return {};
  },
);

/** The tags of resources of one kind. */
export const describeResourceTagsByResourceIds = defineAction(
  "DescribeResourceTagsByResourceIds",
  object({
    ServiceType: string,
    ResourcePrefix: string,
    ResourceIds: list(string),
    ResourceRegion: optional(string),
    Offset: optional(integer),
    Limit: optional(integer),
  }),
  ({ state }, { ServiceType, ResourcePrefix, ResourceIds, Offset: offset = 0, Limit: limit = 15 }) => {
    const kind = readKind(ServiceType, ResourcePrefix);
    const tags = ResourceIds.flatMap((id) =>
      Object.entries(tagsOf(state, kind, id)).map(([key, value]) => ({
        TagKey: key,
        TagValue: value,
        ResourceId: id,
        ServiceType,
        Category: "Custom",
      })),
    );
    return { TotalCount: tags.length, Offset: offset, Limit: limit, Tags: tags.slice(offset, offset + limit) };
  },
);

/** Takes a six-part resource name apart, e.g. `qcs::cvm:ap-singapore:uin/:instance/ins-1a2b3c4d`. */
function readResource({ state, region }: Core, resource: string): { kind: Taggable; id: string } {
  const [, service = "", place = "", prefix = "", id = ""] =
    /^qcs::([a-z]+):([a-z0-9-]*):uin\/\d*:([a-zA-Z]+)\/([\w.-]+)$/.exec(resource) ?? [];
  const isHere = place === region || (place === "" && service === "cam");
  if (!isHere || !exists(state, `${service}:${prefix}`, id)) {
    throw new CloudError(
      "InvalidParameterValue.ResourceDescriptionError",
      `The resource \`${resource}\` is not there.`,
    );
  }
  return { kind: readKind(service, prefix), id };
}

function readKind(service: string, prefix: string): Taggable {
  const kind = taggable.find((other) => other === `${service}:${prefix}`);
  if (kind) return kind;
  throw new CloudError(
    "InvalidParameterValue.ResourceDescriptionError",
    `Resources \`${service}:${prefix}\` have no tags here.`,
  );
}

function exists(state: State, kind: string, id: string): boolean {
  if (kind === "cam:role") return [...state.roles.values()].some(({ roleId }) => roleId === id);
  if (kind === "cam:policy") return state.policies.has(Number(id));
  const resources: Record<string, ReadonlyMap<string, unknown>> = {
    "vpc:vpc": state.vpcs,
    "vpc:subnet": state.subnets,
    "vpc:eni": state.networkInterfaces,
    "vpc:havip": state.haVips,
    "vpc:eip": state.addresses,
    "cvm:sg": state.securityGroups,
    "cvm:instance": state.instances,
    "cvm:ps": state.placementGroups,
    "cvm:keypair": state.keyPairs,
    "cvm:volume": state.disks,
  };
  return resources[kind]?.has(id) ?? false;
}
