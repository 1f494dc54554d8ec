import { z } from "zod";
import { MECHANISMS, TUNING_ROWS } from "../constructs/contract";
import { IMAGE_ALIASES } from "../constructs/pair/images";
import { healthCheckSchema } from "./health-check";
import { refuse } from "./refuse";
import { rows } from "./rows";

const text = z.string().min(1);
const tags = z.record(z.string(), z.string());

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
    subnetCidrBlock: text,
    availabilityZone: text,
  })
  .transform(({ cidrBlock, vpcId, subnetId, ...subnet }, context) => {
    if (cidrBlock !== undefined && vpcId === undefined && subnetId === undefined) return { cidrBlock, ...subnet };
    if (cidrBlock === undefined && vpcId !== undefined && subnetId !== undefined) return { vpcId, subnetId, ...subnet };
    const given = Object.entries({ cidrBlock, vpcId, subnetId }).flatMap(([key, value]) => (value ? [key] : []));
    const missing = vpcId === undefined ? "vpcId" : "subnetId";
    const isHalf = cidrBlock === undefined && given.length === 1;
    refuse(context, "must have either cidrBlock (a new VPC) or vpcId and subnetId (an existing subnet)", {
      found: `got ${given.length === 0 ? "none of them" : given.join(" and ")}`,
      remedy: isHalf ? `add ${missing}` : given.length === 0 ? "add cidrBlock, or the two ids" : "take the others out",
    });
    return z.NEVER;
  });

/** One port is a number in YAML, several are a text. */
const port = z.unknown().transform((value, context) => {
  if (typeof value === "number" || typeof value === "string") return String(value);
  const remedy = "write 80, 80,443, 8000-8010 or ALL";
  refuse(context, "must be a port, a list of ports, a range or ALL", { remedy });
  return z.NEVER;
});

/** The sections of the settings file. What a value must be beyond its type is said by the constructs, see `rules.ts`. */
const sections = z.strictObject({
  name: text,
  region: text,
  network,
  mechanism: z.enum(MECHANISMS),
  vip: text,
  parkingIp: text.optional(),
  eip: z.strictObject({ bandwidthMbps: z.number().optional() }).optional(),
  primary: node,
  secondary: node,
  image: z.enum(IMAGE_ALIASES).optional(),
  imageId: text.optional(),
  imageNameRegex: text.optional(),
  instanceType: text.optional(),
  keyIds: z.array(text).optional(),
  ingress: z
    .array(
      z.strictObject({
        protocol: z.enum(["TCP", "UDP", "ICMP", "ALL"]),
        port: port.optional(),
        cidrBlock: text,
        description: text.optional(),
      }),
    )
    .optional(),
  keepalived: z
    .strictObject({
      minKeepalivedVersion: z.string().optional(),
      vrrpVersion: z.literal([2, 3]).optional(),
      virtualRouterId: z.number().optional(),
      advertInt: z.number().optional(),
      authPass: z.string().optional(),
      downTimerAdverts: z.number().optional(),
      vrrpStartupDelaySeconds: z.number().optional(),
      vrrpPriority: z.number().optional(),
      vrrpRtPriority: z.number().optional(),
      vrrpRlimitRttimeMicroseconds: z.number().optional(),
      vrrpNoSwap: z.boolean().optional(),
      garpMasterRepeat: z.number().optional(),
      garpMasterRefreshRepeat: z.number().optional(),
    })
    .optional(),
  healthCheck: healthCheckSchema.optional(),
  pairctl: rows(TUNING_ROWS).optional(),
  tags: tags.optional(),
  backend: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("local") }),
    z.strictObject({ type: z.literal("cos"), region: text, bucket: text, prefix: text.optional() }),
  ]),
});

/** What the sections say, each by itself. */
export type Sections = z.output<typeof sections>;

/** Why a pair with a secondary private IP needs a further key. */
export const PARKING_IP_MISSING =
  "secondary-private-ip needs a second free address of the subnet, on which the VIP waits";

/** The settings file of `main.ts`, key by key. */
export const pairSettingsSchema = sections.transform(({ mechanism, parkingIp, ...settings }, context) => {
  if ((settings.image ?? settings.imageId ?? settings.imageNameRegex) === undefined) {
    refuse(context, "is missing", { remedy: `add it (such as ${IMAGE_ALIASES[0]}), or imageId (img-…)` }, ["image"]);
    return z.NEVER;
  }
  if (mechanism === "havip") return { ...settings, mechanism };
  if (parkingIp !== undefined) return { ...settings, mechanism, parkingIp };
  refuse(context, "is missing", { remedy: PARKING_IP_MISSING }, ["parkingIp"]);
  return z.NEVER;
});

/** The settings of one pair, checked for keys and types. */
export type PairSettings = z.output<typeof pairSettingsSchema>;

/** The sections of a file that have right keys and types, whatever the others have. */
export function rightSections(raw: unknown): Partial<Sections> {
  const given = Object(raw) as Readonly<Record<string, unknown>>;
  const right = Object.entries(sections.shape).flatMap(([key, section]) => {
    const { success, data } = section.safeParse(given[key]);
    return success && data !== undefined ? [[key, data] as const] : [];
  });
  return Object.fromEntries(right) as Partial<Sections>;
}
