/**
 * The provider and its resources that the constructs are made of: `cdktf-tencentcloud-keepalived/provider`, for escape
 * hatches, Aspects and resources of your own beside a pair.
 *
 * The only importer of the provider's bindings, so that a change in them needs a change here only.
 */
import * as provider from "@cdktf/provider-tencentcloud/lib/provider";
import type { Construct } from "constructs";
import { requireSameCore } from "./props/core-library";

export { CamPolicy } from "@cdktf/provider-tencentcloud/lib/cam-policy";
export { CamRole } from "@cdktf/provider-tencentcloud/lib/cam-role";
export { CamRolePolicyAttachment } from "@cdktf/provider-tencentcloud/lib/cam-role-policy-attachment";
export { DataTencentcloudEnis } from "@cdktf/provider-tencentcloud/lib/data-tencentcloud-enis";
export { DataTencentcloudImages } from "@cdktf/provider-tencentcloud/lib/data-tencentcloud-images";
export { DataTencentcloudInstanceTypes } from "@cdktf/provider-tencentcloud/lib/data-tencentcloud-instance-types";
export { Eip } from "@cdktf/provider-tencentcloud/lib/eip";
export { EipAssociation } from "@cdktf/provider-tencentcloud/lib/eip-association";
export { Eni } from "@cdktf/provider-tencentcloud/lib/eni";
export { HaVip } from "@cdktf/provider-tencentcloud/lib/ha-vip";
export { HaVipEipAttachment } from "@cdktf/provider-tencentcloud/lib/ha-vip-eip-attachment";
export { HaVipInstanceAttachment } from "@cdktf/provider-tencentcloud/lib/ha-vip-instance-attachment";
export { Instance } from "@cdktf/provider-tencentcloud/lib/instance";
export { KeyPair } from "@cdktf/provider-tencentcloud/lib/key-pair";
export { PlacementGroup } from "@cdktf/provider-tencentcloud/lib/placement-group";
export { SecurityGroup } from "@cdktf/provider-tencentcloud/lib/security-group";
export { SecurityGroupRuleSet } from "@cdktf/provider-tencentcloud/lib/security-group-rule-set";
export { Subnet } from "@cdktf/provider-tencentcloud/lib/subnet";
export { Vpc } from "@cdktf/provider-tencentcloud/lib/vpc";

/**
 * The provider `tencentcloudstack/tencentcloud`; an app with resources of it needs one.
 *
 * @throws PropError where the app is made of another core library than this package (cdktf, cdktn)
 */
export class TencentcloudProvider extends provider.TencentcloudProvider {
  constructor(scope: Construct, id: string, config: provider.TencentcloudProviderConfig = {}) {
    requireSameCore(scope, "new TencentcloudProvider");
    super(scope, id, config);
  }
}
