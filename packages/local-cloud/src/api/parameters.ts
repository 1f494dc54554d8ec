import { missingParameter, unknownParameter, unsupportedParameter, wrongType } from "./errors.ts";

/**
 * Reads one parameter of a request: the typed value, or the API's error. `name` is the parameter's path as the API
 * writes it, e.g. `Filters.0.Values`.
 */
export type Reader<T> = (name: string, value: unknown) => T;

type Shape = Readonly<Record<string, Reader<unknown>>>;

type Read<S extends Shape> = { [Name in keyof S]: ReturnType<S[Name]> };

/** A required string. */
export const string: Reader<string> = (name, value) => {
  if (isAbsent(value)) throw missingParameter(name);
  if (typeof value !== "string") throw wrongType(name);
  return value;
};

/** A required integer of zero or more. */
export const integer: Reader<number> = (name, value) => {
  if (isAbsent(value)) throw missingParameter(name);
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw wrongType(name);
  return Number(value);
};

/** An integer of zero or more that some actions of VPC take as a string; the API takes a number as well. */
export const integerText: Reader<number> = (name, value) =>
  integer(name, typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value);

/** A required boolean. */
export const boolean: Reader<boolean> = (name, value) => {
  if (isAbsent(value)) throw missingParameter(name);
  if (typeof value !== "boolean") throw wrongType(name);
  return value;
};

/** A required list, each element of which is read the same way. */
export const list =
  <T>(item: Reader<T>): Reader<T[]> =>
  (name, value) => {
    if (isAbsent(value)) throw missingParameter(name);
    if (!Array.isArray(value)) throw wrongType(name);
    return value.map((element, index) => item(`${name}.${index}`, element));
  };

/** Absent and null are the same to the API. */
export const optional =
  <T>(reader: Reader<T>): Reader<T | undefined> =>
  (name, value) =>
    isAbsent(value) ? undefined : reader(name, value);

/** A parameter of the cloud's that nothing here acts upon: it must be absent, empty or false. */
export const unsupported: Reader<undefined> = (name, value) => {
  if (!isAbsent(value) && value !== "" && value !== false) throw unsupportedParameter(name);
};

/** The same for a number: 0 is the only one. */
export const unsupportedNumber: Reader<undefined> = (name, value) => {
  if (value !== 0) unsupported(name, value);
};

/** An object with these members and no others; the body of a request is one whose name is empty. */
export const object =
  <S extends Shape>(shape: S): Reader<Read<S>> =>
  (name, value) => {
    if (isAbsent(value)) throw missingParameter(name);
    if (typeof value !== "object" || Array.isArray(value)) throw wrongType(name || "body");
    const path = (member: string) => (name ? `${name}.${member}` : member);
    const given = value as Record<string, unknown>;
    const unknown = Object.keys(given).find((member) => !Object.hasOwn(shape, member));
    if (unknown !== undefined) throw unknownParameter(path(unknown));
    return Object.fromEntries(
      Object.entries(shape).map(([member, reader]) => [member, reader(path(member), given[member])]),
    ) as Read<S>;
  };

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;
