import { Token } from "cdktf";
import { PropError } from "./prop-error";
import { IPV4_ADDRESS, IPV4_CIDR } from "../render/ipv4";
import { LONGEST_NAME } from "./validation";
import type { JsonSchema } from "./json-schema";
import { described, matching, type RequiredField, text } from "./shape";

/** What the cloud's ids are of, by their prefix, and how one comes by such an id. */
const IDS = {
  bwp: { what: "a bandwidth package's id", remedy: "look it up in the console" },
  eip: { what: "an EIP's id", remedy: "look it up in the console, or have a new one made with { bandwidthMbps: 10 }" },
  havip: { what: "a HAVIP's id", remedy: "look it up in the console, or have a new one made with new HaVip(…)" },
  img: {
    what: "an image's id",
    remedy: "look it up in the console of your region, or name a public image with image or imageNameRegex",
  },
  ps: { what: "a placement group's id", remedy: "look it up in the console, or leave it out for a new one" },
  sg: { what: "a security group's id", remedy: "look it up in the console, or leave it out for a new one" },
  skey: {
    what: "an SSH key pair's id",
    remedy: "import the public key in the console or with new KeyPair(…), and give the id that it gets",
  },
  subnet: { what: "a subnet's id", remedy: "look it up in the console, or have a new one made with new Network(…)" },
  vpc: { what: "a VPC's id", remedy: "look it up in the console, or have a new one made with new Network(…)" },
} as const;

/** A kind of the cloud's ids, by its prefix. */
export type IdPrefix = keyof typeof IDS;

/** An id of the cloud's, such as `vpc-1a2b3c4d`: no name, and no placeholder such as `vpc-xxxxxxxx`. May be a token. */
export function cloudId(prefix: IdPrefix): RequiredField {
  const { what, remedy } = IDS[prefix];
  return field(`must be ${what} (${prefix}-…)`, remedy, new RegExp(`^${prefix}-(?![xX]+$)[0-9a-zA-Z]+$`));
}

/** An IPv4 address, without a prefix length. May be a token. */
export function ipv4Address(example: string): RequiredField {
  return field("must be an IPv4 address", `write it such as ${example}, without a prefix length`, IPV4_ADDRESS);
}

/** The same, for a prop whose constructor says more of it: that it is one of the subnet. */
export function address(example: string): RequiredField {
  return matching(example, IPV4_ADDRESS);
}

/** An IPv4 network in CIDR notation, for a prop whose constructor says more of it. */
export function cidr(example: string): RequiredField {
  return matching(example, IPV4_CIDR);
}

/** The name of a resource, of at most as many characters as the provider takes: {@link requireName} says so. */
export function nameField(example: string): RequiredField {
  return described(text(example), { maxLength: LONGEST_NAME });
}

/** Letters, digits and single hyphens between them. */
export const HOST_NAME = /^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$/;

/** What a host name is, and what becomes a part of one. */
export function hostName(maxLength: number): JsonSchema {
  const patternErrorMessage = "must be letters, digits and single hyphens between them";
  return { pattern: HOST_NAME.source, patternErrorMessage, minLength: 2, maxLength };
}

/** A zone, such as `ap-singapore-1`. May be a token. */
export function zone(): RequiredField {
  return field(
    "must be a zone, a region with a number",
    "write it such as ap-singapore-1",
    /^[a-z]+(-[a-z0-9]+)+-\d+$/,
  );
}

/** A region, such as `ap-singapore`. May be a token. */
export function region(): RequiredField {
  return field(
    "must be a region, without the number of a zone",
    "write it such as ap-singapore",
    /^[a-z]+(-[a-z0-9]*[a-z])+$/,
  );
}

/** An instance type, such as `S5.MEDIUM2`. May be a token. */
export function instanceType(): RequiredField {
  return field(
    "must be an instance type",
    "write it such as S5.MEDIUM2, in the cloud's own spelling",
    /^[A-Z][A-Za-z0-9]*\.[A-Z0-9]+$/,
  );
}

/** What CAM takes as the name of a role or a policy (CAM API, CreateRole's RoleName and CreatePolicy's PolicyName). */
export const CAM_NAME = /^[A-Za-z0-9+=,.@_-]{1,128}$/;
const CAM_NAME_PROBLEM = "must be a name as CAM takes it: 1 to 128 letters, digits and any of + = , . @ _ -";
const CAM_NAME_REMEDY = "write it such as web-hook, without blanks and slashes";

/** The name of a role that exists. May be a token. */
export function camName(): RequiredField {
  return field(CAM_NAME_PROBLEM, CAM_NAME_REMEDY, CAM_NAME);
}

/** Refuses a name that CAM does not take for a new role or policy. A token is let through: it is known only at apply. */
export function requireCamName(prop: string, name: string): void {
  if (Token.isUnresolved(name) || CAM_NAME.test(name)) return;
  throw new PropError(prop, name, CAM_NAME_PROBLEM, CAM_NAME_REMEDY);
}

/** A token, or an expression of Terraform's, is let through: its value is known only at apply. */
function field(problem: string, remedy: string, pattern: RegExp): RequiredField {
  return {
    isOptional: false,
    schema: { type: "string", pattern: pattern.source, patternErrorMessage: `${problem}: ${remedy}` },
    check(prop, value) {
      if (typeof value === "string" && (Token.isUnresolved(value) || value.startsWith("${") || pattern.test(value)))
        return;
      throw new PropError(prop, value, problem, remedy);
    },
  };
}
