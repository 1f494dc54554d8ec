/** The commands that do a change right, as they are typed: each is named here only. */
export const DO_IT = {
  roll: "pair roll",
  push: "pair push",
  drain: "pair drain",
  deploy: "cdktf deploy",
} as const;

/** What is said where the only way is a second pair. */
export const NEW_PAIR = "deploy a new pair of another name beside this one, let it take over, and destroy this one";
