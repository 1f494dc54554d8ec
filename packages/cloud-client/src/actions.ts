import { ACTIONS as PAIRCTL_ACTIONS } from "pairctl/contract";

/** The services whose API can be called, with the version of each. */
export const VERSIONS = {
  cam: "2019-01-16",
  cvm: "2017-03-12",
  sts: "2018-08-13",
  tat: "2020-10-28",
  vpc: "2017-03-12",
} as const;

/** A service of the cloud. */
export type Service = keyof typeof VERSIONS;

/** The actions that a program calls, by service. */
export type Actions = Readonly<Partial<Record<Service, readonly string[]>>>;

/** A call of one of a program's actions: another one does not compile. */
export type Call<A extends Actions> = {
  readonly [S in Service & keyof A]: [service: S, action: NonNullable<A[S]>[number], body: object];
}[Service & keyof A];

/** The same actions in the words of a CAM policy, sorted: CAM lists those on EIPs under `cvm`, though their API is VPC's. */
export function camActionsOf(actions: Actions): string[] {
  const listed: Readonly<Record<string, { readonly camService: string }>> = PAIRCTL_ACTIONS;
  return Object.entries(actions)
    .flatMap(([service, names]) => names.map((name) => `${listed[name]?.camService ?? service}:${name}`))
    .sort();
}
