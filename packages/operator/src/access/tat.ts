import {
  type CloudClient,
  CloudError,
  MAX_SCRIPT_CHARACTERS,
  runScript,
  SCRIPT_ACTIONS,
  ScriptError,
} from "cloud-client";
import { DEFAULT_TIMEOUT_S, type NodeAccess, UnreachableNodeError } from "./node-access.ts";

/** What the operator does where TAT does not reach a node. */
const REMEDY = "see that the instance runs and has the automation agent, or reach it with --ssh USER@";

/** Reaches the nodes through the cloud's automation: no SSH, no open port. */
export function tatAccess(cloud: CloudClient<typeof SCRIPT_ACTIONS>): NodeAccess {
  return {
    name: "TAT",
    run: async (node, text, { timeoutS = DEFAULT_TIMEOUT_S } = {}) => {
      const { length } = Buffer.from(text).toString("base64");
      if (length > MAX_SCRIPT_CHARACTERS) {
        throw new UnreachableNodeError(node, `a script of ${length} characters is more than TAT takes`);
      }
      try {
        return await runScript(cloud, { instanceId: node.instanceId, text, timeoutS, commandName: "pair" });
      } catch (error) {
        // What concerns this node alone is the node's; a refusal of the account or the network stays what it is.
        const isOfTheNode = error instanceof ScriptError || (error instanceof CloudError && error.isAboutTheCall);
        if (!isOfTheNode) throw error;
        throw new UnreachableNodeError(node, `${error.message}: ${REMEDY}`, { cause: error });
      }
    },
  };
}
