// No code: a key of the settings that nothing in pairctl reads does not compile here. The error says what to do.
import type { ApiSettings } from "./cloud/vpc-api.ts";
import type { Settings } from "./contract/index.ts";
import type * as haVipAct from "./mechanisms/ha-vip/act.ts";
import type * as haVipObserve from "./mechanisms/ha-vip/observe.ts";
import type * as secondaryPrivateIpAct from "./mechanisms/secondary-private-ip/act.ts";
import type * as secondaryPrivateIpObserve from "./mechanisms/secondary-private-ip/observe.ts";
import type { KeysReadBy } from "./protocol/run.ts";

/** Every step of both mechanisms. */
type Step =
  | typeof haVipAct.act
  | typeof haVipObserve.observe
  | typeof haVipObserve.objection
  | typeof secondaryPrivateIpAct.act
  | typeof secondaryPrivateIpObserve.observe
  | typeof secondaryPrivateIpObserve.objection;

/** The keys that are read outside of the steps: by passes/passes.ts, mechanisms/index.ts and protocol/reconcile.ts. */
type KeyReadOutsideSteps = "deadlineMs" | "virtualIps" | "mechanism" | keyof ApiSettings;

type Unread = Exclude<keyof Settings, KeyReadOutsideSteps | KeysReadBy<Step>>;

/** True, or for each key that nothing reads a sentence, which the compiler then prints. */
type Verdict = [Unread] extends [never]
  ? true
  : `Nothing in pairctl reads '${Unread}': name it in Run<…> of the step that uses it, or in KeyReadOutsideSteps, or remove its row.`;

type MustBeTrue<Checked extends true> = Checked;

/** Does not compile while the contract has a key that nothing in pairctl reads. */
export type EveryKeyIsRead = MustBeTrue<Verdict>;
