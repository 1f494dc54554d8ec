import { NODE_PATHS, SETUP_PATHS } from "pairctl/contract";
import type { SynthesizedStack } from "../../../../deployment/test/running-pair.ts";
import type { ConfiguredModule, PlanJson, ResourceChange } from "../../../src/plan/plan-json.ts";

/** What stays of a node's user data, so that a recorded plan is short: the rest is the same on all nodes. */
const KEPT = [
  NODE_PATHS.keepalivedConf,
  NODE_PATHS.settings,
  SETUP_PATHS.nodeConf,
  `${NODE_PATHS.libexec}/check_service_`,
];

/** Leaves the files out of both nodes' user data that no setting changes. */
export function withShortUserData(stack: SynthesizedStack): void {
  for (const instance of Object.values(stack.resource["tencentcloud_instance"] ?? {})) {
    // A backslash and an n: the text is the inside of a string of Terraform's.
    const [, head = "", files = "", rest = ""] =
      /^(.*?\\nwrite_files:)(.*?)(\\nbootcmd:.*)$/s.exec(String(instance["user_data"])) ?? [];
    const kept = files.split("\\n- path: ").filter((file) => KEPT.some((path) => file.startsWith(path)));
    if (kept.length < 3) throw new Error("the user data is not written as it was: withShortUserData must follow");
    instance["user_data"] = `${head}${kept.map((file) => `\\n- path: ${file}`).join("")}${rest}`;
  }
}

/** What of the state is looked at beyond its addresses. */
const HOLDERS = ["tencentcloud_ha_vip", "tencentcloud_enis"];

/** The parts of a plan that are read: the whole is three times as long. */
export function essential({ resource_changes, prior_state, configuration, ...plan }: PlanJson): PlanJson {
  const { format_version, terraform_version, errored, checks } = plan;
  const resources = prior_state?.values?.root_module?.resources ?? [];
  return {
    format_version,
    ...(terraform_version === undefined ? {} : { terraform_version }),
    ...(errored === true ? { errored } : {}),
    resource_changes: resource_changes.map(essentialChange),
    prior_state: {
      values: {
        root_module: {
          resources: resources.map(({ address, type, values, depends_on }) => ({
            address,
            type,
            values: HOLDERS.includes(type) ? values : {},
            ...(depends_on === undefined ? {} : { depends_on }),
          })),
        },
      },
    },
    configuration: { root_module: essentialModule(configuration?.root_module ?? {}) },
    ...(checks === undefined
      ? {}
      : { checks: checks.filter(({ status }) => status !== "pass" && status !== "unknown") }),
  };
}

function essentialChange({ address, mode, type, change }: ResourceChange): ResourceChange {
  const { actions, before, after, after_unknown, before_sensitive, after_sensitive, replace_paths } = change;
  const known = (values: typeof before) => {
    const set = Object.entries(values ?? {}).filter(([name, value]) => value !== null && name !== "user_data_raw");
    return values === null ? null : Object.fromEntries(set);
  };
  return {
    address,
    mode,
    type,
    change: {
      actions,
      before: known(before),
      // The same as before: nothing is said of it.
      after: actions[0] === "no-op" ? {} : known(after),
      ...marks({ after_unknown, before_sensitive, after_sensitive }),
      ...(replace_paths === undefined ? {} : { replace_paths }),
    },
  };
}

/** Those of Terraform's marks that are set anywhere. */
function marks(all: Readonly<Record<string, ResourceChange["change"]["after_unknown"]>>) {
  return Object.fromEntries(Object.entries(all).filter(([, mark]) => JSON.stringify(mark ?? {}).includes("true")));
}

function essentialModule({ resources = [] }: ConfiguredModule): ConfiguredModule {
  return {
    resources: resources
      .filter(({ mode }) => mode === "managed")
      .map(({ address, type, mode, expressions = {}, depends_on }) => ({
        address,
        type,
        mode,
        expressions: Object.fromEntries(
          Object.entries(expressions).map(([name, each]) => [name, essentialExpression(each)]),
        ),
        ...(depends_on === undefined ? {} : { depends_on }),
      })),
  };
}

/** Terraform shows what it has not evaluated as a constant as well; what it refers to is enough. */
function essentialExpression(expression: unknown): unknown {
  const { references } = (expression ?? {}) as { readonly references?: unknown };
  return references === undefined ? expression : { references };
}
