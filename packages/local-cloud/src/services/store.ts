import { CloudError, resourceNotFound } from "../api/errors.ts";

/** @throws CloudError `ResourceNotFound`, which names the parameter */
export function get<Resource>(resources: ReadonlyMap<string, Resource>, parameter: string, id: string): Resource {
  const resource = resources.get(id);
  if (!resource) throw resourceNotFound(parameter, id);
  return resource;
}

/** @throws CloudError `ResourceInUse` if the id is taken */
export function add<Resource>(resources: Map<string, Resource>, id: string, resource: Resource): Resource {
  checkNew(resources, id);
  resources.set(id, resource);
  return resource;
}

/** @throws CloudError `ResourceInUse` if the id is taken */
export function checkNew(resources: ReadonlyMap<string, unknown>, id: string): void {
  if (resources.has(id)) throw new CloudError("ResourceInUse", `The resource \`${id}\` already exists.`);
}

/** What an id stands for that the state itself holds, so that it must be there. @throws Error if it is not: a bug */
export function known<Key, Value>(map: ReadonlyMap<Key, Value>, id: Key): Value {
  const value = map.get(id);
  if (value === undefined) throw new Error(`the state refers to '${String(id)}', which it does not hold`);
  return value;
}
