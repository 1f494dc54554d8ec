import { z } from "zod";
import { MECHANISMS, TUNING_ROWS } from "../constructs/contract";
import { parseCidr } from "../constructs/render/ipv4";
import { healthCheckSchema } from "./health-check";
import { rows } from "./rows";

const text = z.string().min(1);
const tags = z.record(text, z.string());

const node = z.strictObject({
  privateIp: text,
  priority: z.number().optional(),
});

/** Either a new VPC with a subnet, or a subnet that exists. */
const network = z
  .strictObject({
    cidrBlock: text.optional(),
    vpcId: text.optional(),
    subnetId: text.optional(),
    subnetCidrBlock: text.refine((cidr) => parseCidr(cidr) !== undefined, "must be a network such as 10.0.1.0/24"),
    availabilityZone: text,
  })
  .transform(({ cidrBlock, vpcId, subnetId, ...subnet }, context) => {
    if (cidrBlock !== undefined && vpcId === undefined && subnetId === undefined) return { cidrBlock, ...subnet };
    if (cidrBlock === undefined && vpcId !== undefined && subnetId !== undefined) return { vpcId, subnetId, ...subnet };
    context.addIssue("must have either cidrBlock (a new VPC) or vpcId and subnetId (an existing subnet)");
    return z.NEVER;
  });

/**
 * The settings file of `main.ts`, key by key. What a value must be beyond its type is checked by the constructs, but for
 * a value that something else would refuse before them, or by another name.
 */
export const pairSettingsSchema = z
  .strictObject({
    name: text.regex(/^[a-z0-9-]+$/i, "must be letters, digits and hyphens"),
    region: text,
    network,
    mechanism: z.enum(MECHANISMS),
    vip: text,
    parkingIp: text.optional(),
    eip: z.strictObject({ bandwidthMbps: z.number().optional() }).optional(),
    primary: node,
    secondary: node,
    imageId: text,
    instanceType: text.optional(),
    keyIds: z.array(text).optional(),
    ingress: z
      .array(
        z.strictObject({
          protocol: z.enum(["TCP", "UDP", "ICMP", "ALL"]),
          port: z.union([text, z.number().int().transform(String)]).optional(),
          cidrBlock: text,
          description: text.optional(),
        }),
      )
      .optional(),
    keepalived: z
      .strictObject({
        virtualRouterId: z.number().optional(),
        advertInt: z.number().optional(),
        authPass: z.string().optional(),
      })
      .optional(),
    healthCheck: healthCheckSchema.optional(),
    pairctl: rows(TUNING_ROWS).optional(),
    tags: tags.optional(),
    backend: z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("local") }),
      z.strictObject({ type: z.literal("cos"), region: text, bucket: text, prefix: text.optional() }),
    ]),
  })
  .transform(({ mechanism, parkingIp, ...settings }, context) => {
    if (mechanism === "havip") return { ...settings, mechanism };
    if (parkingIp !== undefined) return { ...settings, mechanism, parkingIp };
    context.addIssue({
      code: "custom",
      path: ["parkingIp"],
      message: "is missing: secondary-private-ip needs a second free address of the subnet, on which the VIP waits",
    });
    return z.NEVER;
  });

/** The settings of one pair, checked for keys and types. */
export type PairSettings = z.output<typeof pairSettingsSchema>;
