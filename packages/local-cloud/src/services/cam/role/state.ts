/** A CAM role. */
export interface Role {
  /** A number in decimal. */
  roleId: string;
  roleName: string;
  description: string;
  /** The document, as an object or as JSON. */
  trustPolicy: unknown;
  policyIds: number[];
  /** By policy: when it was attached, Unix time in ms. Absent: long ago. */
  attachedAt?: Record<number, number>;
  /** Unix time in ms. */
  createdAt: number;
}
