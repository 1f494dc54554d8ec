/**
 * What a value must be, as JSON Schema says it (draft 7, which editors know): the part of that language that the props need.
 * What the value may be in a program only, such as a token, is left out.
 */
export interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: "string" | "number" | "integer" | "boolean" | "array" | "object";
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** No part of JSON Schema: what editors say where a text does not fit the pattern, in the place of the pattern itself. */
  readonly patternErrorMessage?: string;
  /** No part of JSON Schema: what editors say in the place of their own words where keys are not what they must be. */
  readonly errorMessage?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly dependencies?: Readonly<Record<string, KeyRules | readonly string[]>>;
  readonly allOf?: readonly KeyRules[];
  readonly anyOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly if?: JsonSchema;
  readonly then?: KeyRules;
  readonly else?: KeyRules;
}

/** What keys of an object have to do with each other: there, one may be forbidden (`false`). */
export interface KeyRules extends Omit<JsonSchema, "properties" | "items"> {
  readonly properties?: Readonly<Record<string, KeyRules | false>>;
  readonly items?: KeyRules;
}
