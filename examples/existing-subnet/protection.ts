// An Aspect of another team's: it reaches the machines of a pair by their class, and one of them by its property.
import { Aspects, type IAspect, type TerraformStack } from "cdktf";
import type { KeepalivedPair } from "cdktf-tencentcloud-keepalived";
import { Instance } from "cdktf-tencentcloud-keepalived/provider";
import type { IConstruct } from "constructs";

class DeletionProtection implements IAspect {
  visit(node: IConstruct): void {
    if (node instanceof Instance) node.disableApiTermination = true;
  }
}

/** Protects the machines of a stack from being deleted through the API, and labels a pair's primary. */
export function protect(stack: TerraformStack, pair: KeepalivedPair): void {
  Aspects.of(stack).add(new DeletionProtection());
  pair.instances.primary.addOverride("tags.backup", "daily");
}
