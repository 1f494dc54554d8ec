import type { AttributeChange, PlannedResource } from "./changes.ts";
import type { Finding, PlanReport } from "./finding.ts";
import { holderOf } from "./holder.ts";
import { leftAloneBy } from "./left-alone.ts";
import type { PlannedPair } from "./pairs.ts";
import type { Plan } from "./plan.ts";
import { refusalsOf, renamedStack } from "./refusals.ts";
import { type AttributeRule, type Judgement, RULES, type Situation } from "./rules/index.ts";
import { type Shown, shownChange, shownResource } from "./shown.ts";
import { atOnce } from "./together.ts";
import { type Verdict, VERDICT_NAMES, VERDICTS, worstOf } from "./verdict.ts";

/**
 * What a plan does to the traffic, change by change.
 *
 * @param allowed the verdicts for which the plan is not refused
 */
export function judge(plan: Plan, allowed: readonly Verdict[]): PlanReport {
  const changed = plan.resources.filter(({ action }) => action !== "none");
  const findings = plan.pairs
    .flatMap((pair) => {
      const own = changed.filter(({ address }) => plan.memberOf.get(address) === pair);
      const holder = holderOf(pair, plan.state);
      return atOnce(
        own.flatMap((resource) => findingsOf({ resource, pair, plan })),
        pair,
        holder,
      );
    })
    .concat(renamedStack(plan))
    .sort((one, other) => VERDICT_NAMES.indexOf(other.verdict) - VERDICT_NAMES.indexOf(one.verdict));
  const refusedFor = findings.filter(({ refused }) => refused).map(({ verdict }) => verdict);
  return {
    pairs: plan.pairs.map((pair) => ({
      name: pair.name,
      mechanism: pair.mechanism,
      vips: pair.vips,
      servedBy: holderOf(pair, plan.state) ?? null,
    })),
    findings,
    refusals: refusalsOf(plan),
    leftAlone: leftAloneBy(plan),
    imported: plan.resources.flatMap(({ address, type, importId: id }) =>
      id === undefined ? [] : [{ address, noun: nounOf(type), id }],
    ),
    others: plan.pairs.length === 0 ? 0 : changed.filter((resource) => isOther(plan, resource)).length,
    allowed,
    refusedFor: VERDICT_NAMES.filter((name) => refusedFor.includes(name) && !allowed.includes(name)),
    worst: worstOf(findings.map(({ verdict }) => verdict)),
  };
}

/** What is of no pair, and not the constructs' own record. */
function isOther({ memberOf }: Plan, { address, type }: PlannedResource): boolean {
  return !memberOf.has(address) && type !== "terraform_data";
}

function findingsOf(situation: Situation): Finding[] {
  const { resource } = situation;
  const rules = RULES[resource.type];
  if (rules === undefined) return [unknownChange(situation)];
  if (resource.action === "update") {
    const told = resource.attributes
      // The packed user data and what the provider reads back of it are one change.
      .filter(({ name }, _index, all) => name !== "user_data_raw" || !all.some((each) => each.name === "user_data"))
      .filter((change) => !isReadBack(change, situation))
      .flatMap((change) => attributeFinding(situation, change, rules.attributes[change.name]));
    return told;
  }
  const rule = { create: rules.created, delete: rules.deleted, replace: rules.replaced, none: rules.created }[
    resource.action
  ];
  return [finding(situation, shownResource(resource), typeof rule === "function" ? rule(situation) : rule)];
}

/** Whether the configuration does not say an attribute, and the provider only reads it back after the update of another one. */
function isReadBack({ name, isUnknown }: AttributeChange, { resource, plan }: Situation): boolean {
  const expressions = plan.configuration.get(resource.address.replace(/\[[^\]]*\]$/, ""))?.expressions;
  return isUnknown && expressions !== undefined && !(name in expressions);
}

function attributeFinding(situation: Situation, change: AttributeChange, rule: AttributeRule | undefined): Finding[] {
  const shown = shownChange(situation.resource, change);
  // What the cloud says may be another text after any update.
  if (rule === "computed") return [];
  if (rule === undefined || rule === "replaces") return [finding(situation, shown, NO_ROW)];
  return [finding(situation, shown, typeof rule === "function" ? rule(change, situation) : rule)];
}

const NO_ROW: Judgement = {
  verdict: "half-done",
  reason: "what the provider does with this change is not known to this version of pair: nobody has tried it",
  remedy: "look it up in the provider's documentation, and allow it here where it is harmless",
};

/** A resource that no construct of ours makes, and that a node depends on. */
function unknownChange(situation: Situation): Finding {
  const { resource } = situation;
  const isHarmless = resource.action === "create";
  const judgement: Judgement = isHarmless
    ? { verdict: "nothing", reason: "it is made, and nothing of the pair waits for it to change" }
    : NO_ROW;
  return finding(situation, shownResource(resource), judgement);
}

function finding({ resource, pair }: Situation, shown: Shown, { verdict, reason, remedy }: Judgement): Finding {
  const role = roleOf(pair, resource);
  return {
    pair: pair.name,
    address: resource.address,
    noun: nounOf(resource.type),
    ...(role === undefined ? {} : { role }),
    action: resource.action,
    what: shown.what,
    verdict,
    reason,
    ...(remedy === undefined ? {} : { remedy }),
    refused: VERDICTS[verdict].refused,
    ...(shown.texts === undefined ? {} : { texts: shown.texts }),
  };
}

const nounOf = (type: string) => RULES[type]?.noun ?? type;

function roleOf({ nodes }: PlannedPair, { address }: PlannedResource) {
  return nodes.find(({ resource }) => resource.address === address)?.role;
}
