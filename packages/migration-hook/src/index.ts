export { ACTIONS, camActions } from "./actions.ts";
