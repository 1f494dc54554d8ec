/** The states that the CVM API names for an instance, as far as one gets into them here. */
export type InstanceState =
  | "PENDING"
  | "LAUNCH_FAILED"
  | "RUNNING"
  | "STOPPING"
  | "STOPPED"
  | "STARTING"
  | "REBOOTING"
  | "TERMINATING"
  | "SHUTDOWN";

/** How an instance can be paid for. Spot, dedicated hosts and the like are not there. */
export const chargeTypes = ["POSTPAID_BY_HOUR", "PREPAID"] as const;

/** How an instance is paid for, and, where that is in advance, what happens at the end. */
export interface Charge {
  chargeType: (typeof chargeTypes)[number];
  /** Absent: it is paid by the hour. */
  renewFlag?: string;
}

/** Whether an instance that is shut down goes on being charged. */
export type StoppedMode = "KEEP_CHARGING" | "STOP_CHARGING";

/** A CVM. */
export interface Instance {
  instanceId: string;
  instanceName: string;
  vpcId: string;
  subnetId: string;
  /** Its primary ENI. */
  networkInterfaceId: string;
  /** The primary address of its primary ENI. */
  privateIp: string;
  camRoleName?: string;
  instanceState: InstanceState;
  /** Absent: it has not been stopped since it last started. */
  stoppedMode?: StoppedMode;
  instanceType: string;
  projectId: number;
  imageId: string;
  hostName: string;
  securityGroupIds: string[];
  /** Absent: in none. */
  placementGroupId?: string;
  /** Present where it must not be terminated. */
  isProtected?: true;
  keyIds: string[];
  /** Base64, as it was given; empty: none. */
  userData: string;
  /** How it is paid for. */
  charge: Charge;
  /** The last action on it that took time. */
  latestOperation: { action: string; requestId: string; state: "OPERATING" | "SUCCESS" | "FAILED" };
  /** Unix time in ms. */
  createdAt: number;
}
