/**
 * An error that the cloud answers with: its code and its message, as they stand in the response's `Error` field.
 * Seeding throws the same errors as the API, so that a state that the cloud would refuse cannot be put in place.
 */
export class CloudError extends Error {
  /** The cloud's error code, e.g. `ResourceNotFound` or `AuthFailure.SignatureFailure`. */
  readonly code: string;

  /**
   * @param code - the cloud's error code
   * @param message - what the caller reads; names the parameter and the value
   */
  constructor(code: string, message: string) {
    super(message);
    this.name = "CloudError";
    this.code = code;
  }
}

/** A refusal whose reason may be that this emulation lacks something the cloud has; the server logs it. */
export class NotImplemented extends CloudError {}

/** A required parameter is absent. The wording is the API's own, which names common parameters without their `X-TC-`. */
export const missingParameter = (name: string) =>
  new CloudError("MissingParameter", `The request is missing a required parameter \`${name}\`.`);

/** A parameter has the wrong JSON type. */
export const wrongType = (name: string) =>
  new CloudError("InvalidParameter", `The value type of parameter \`${name}\` is not valid.`);

/** A parameter that the action does not have. */
export const unknownParameter = (name: string) =>
  new NotImplemented("UnknownParameter", `The parameter \`${name}\` is not recognized.`);

/** An id or an address that is not written as the cloud writes it. */
export const malformed = (name: string, value: string) =>
  new CloudError("InvalidParameterValue.Malformed", `The value \`${value}\` of \`${name}\` is malformed.`);

/** A resource that does not exist, by the id or the address that was asked for. */
export const resourceNotFound = (name: string, value: string) =>
  new CloudError("ResourceNotFound", `The resource \`${value}\` of \`${name}\` does not exist.`);

/** An address that is already somebody's in its VPC. */
export const addressTaken = (address: string, holder: string) =>
  new CloudError("ResourceInUse", `The private IP address \`${address}\` is in use by \`${holder}\`.`);

/** Another task works on the same address (VPC actions). */
export const mutexOperationTaskRunning = (resource: string) =>
  new CloudError(
    "UnsupportedOperation.MutexOperationTaskRunning",
    `A mutually exclusive task on \`${resource}\` is running.`,
  );

/** Another task works on the same address or EIP (EIP actions, which have a code of their own for it). */
export const mutexTaskRunning = (resource: string) =>
  new CloudError("OperationDenied.MutexTaskRunning", `A mutually exclusive task on \`${resource}\` is running.`);

/** The operation does not go with the resource as it is. */
export const unsupportedOperation = (message: string) => new CloudError("UnsupportedOperation", message);

/** A parameter that the cloud knows and this emulation would have to ignore. */
export const unsupportedParameter = (name: string) =>
  new NotImplemented("UnsupportedOperation", `The parameter \`${name}\` is not supported here.`);
