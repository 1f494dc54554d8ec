// No code: a key of the settings that nothing in pairctl reads does not compile here.
import type { ApiSettings } from "./cloud/vpc-api.ts";
import type { Settings } from "./contract/index.ts";
import type { observe as observeHaVip } from "./mechanisms/ha-vip/observe.ts";
import type { act } from "./mechanisms/secondary-private-ip/act.ts";
import type { observe } from "./mechanisms/secondary-private-ip/observe.ts";
import type { KeysReadBy } from "./protocol/run.ts";

type KeyRead =
  // By cli/passes.ts, and by mechanisms/index.ts.
  | "deadlineMs"
  | "virtualIps"
  | "mechanism"
  | keyof ApiSettings
  | KeysReadBy<typeof observeHaVip>
  | KeysReadBy<typeof observe>
  | KeysReadBy<typeof act>;

type Empty<Key extends never> = Key;

/** What is in the contract, and read nowhere: use it, or take its row out. */
export type KeyUnread = Empty<Exclude<keyof Settings, KeyRead>>;
