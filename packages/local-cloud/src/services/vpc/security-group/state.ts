/** One rule of a security group, as it was given. */
export interface SecurityRule {
  protocol: string;
  port: string;
  /** Empty: the rule is for another security group. */
  cidrBlock: string;
  /** Empty: the rule is for a CIDR block. */
  securityGroupId: string;
  action: "ACCEPT" | "DROP";
  description: string;
}

/** A security group with its rules; what comes first goes first. */
export interface SecurityGroup {
  securityGroupId: string;
  name: string;
  description: string;
  /** Counts the changes of its rules. */
  version: number;
  ingress: SecurityRule[];
  egress: SecurityRule[];
  /** Unix time in ms. */
  createdAt: number;
}
