import { CloudError, missingParameter, resourceNotFound } from "../../../api/errors.ts";
import { list, object, optional, string } from "../../../api/parameters.ts";
import { defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { associate, type AssociationRequest, maxAssociations, readAssociation } from "./associations.ts";
import { getHaVip } from "./checks.ts";
import { haVipHolder, isMeant, moveHaVip } from "./holder.ts";

const associationSet = object({
  HaVipAssociationSet: list(object({ HaVipId: string, InstanceId: string, InstanceType: optional(string) })),
});

type AssociationSet = ReturnType<typeof associationSet>["HaVipAssociationSet"];

/** Lets instances or ENIs hold HAVIPs: all of the set or none. */
export const associateHaVipInstance = defineAction(
  "AssociateHaVipInstance",
  associationSet,
  (core, { HaVipAssociationSet }) => {
    associate(core, readAssociations(core, HaVipAssociationSet));
    return {};
  },
);

/** Lets instances or ENIs hold HAVIPs no longer. */
export const disassociateHaVipInstance = defineAction(
  "DisassociateHaVipInstance",
  associationSet,
  (core, { HaVipAssociationSet }) => {
    const pairs = readAssociations(core, HaVipAssociationSet);
    for (const { haVip, association } of pairs) {
      if (!haVip.associations.some(({ instanceId }) => instanceId === association.instanceId)) {
        throw resourceNotFound("InstanceId", association.instanceId);
      }
    }
    for (const { haVip, association } of pairs) {
      haVip.associations = haVip.associations.filter(({ instanceId }) => instanceId !== association.instanceId);
      // Who may not hold it does not go on holding it. The cloud's documents do not say when the HAVIP leaves.
      const holder = haVipHolder(core, haVip);
      if (haVip.checkAssociate && holder && isMeant(holder, association.instanceId)) moveHaVip(core, haVip, undefined);
    }
    return {};
  },
);

function readAssociations(core: Core, set: AssociationSet): AssociationRequest[] {
  if (set.length === 0) throw missingParameter("HaVipAssociationSet");
  if (set.length > maxAssociations) {
    throw new CloudError(
      "LimitExceeded",
      `\`HaVipAssociationSet\` takes at most ${maxAssociations} entries, got ${set.length}.`,
    );
  }
  return set.map((entry) => readAssociation(getHaVip(core, entry.HaVipId), entry));
}
