import { CloudError, NotImplemented } from "./errors.ts";
import { integer, integerText, list, object, optional, string } from "./parameters.ts";

/** One filter of a Describe action: any of the values will do. */
export interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
}

/** Whether an item passes a filter with these values; `filters` are all of the request's, for those that go in pairs. */
export type FilterTest<T> = (item: T, values: readonly string[], filters: readonly Filter[]) => boolean;

/** The error codes in which the products differ. */
export interface QueryCodes {
  readonly filterKey: string;
  /** For ids together with filters. @default "InvalidParameter.Coexist" */
  readonly coexist?: string;
  readonly limit: string;
  /** The filters that may not stand beside ids. @default - all of them */
  readonly idFilters?: readonly string[];
  /** For a filter with too many values. @default "InvalidParameterValue.LimitExceeded" */
  readonly filterValues?: string;
  /** How many values a filter takes. @default 5 */
  readonly maxFilterValues?: number;
}

/** The parameters that every Describe action has beside its list of ids. */
export const queryParameters = {
  Filters: optional(list(object({ Name: string, Values: list(string) }))),
  Offset: optional(integer),
  Limit: optional(integer),
};

/** The same for the older actions of VPC, whose numbers are strings. */
export const textQueryParameters = {
  ...queryParameters,
  Offset: optional(integerText),
  Limit: optional(integerText),
};

/** What a Describe action is asked. */
export interface Query {
  readonly ids: readonly string[] | undefined;
  readonly Filters: readonly Filter[] | undefined;
  readonly Offset: number | undefined;
  readonly Limit: number | undefined;
}

const maxIds = 100;

const maxLimit = 100;
const maxFilters = 10;
const defaultMaxFilterValues = 5;

const defaultLimit = 20;

/**
 * Selects as every Describe action does: by ids or by filters (all of them must pass), then a page of it.
 *
 * @param idOf - the id that `ids` are compared with
 * @param tests - the filters that there are
 * @throws CloudError those of `codes`, and `InvalidParameterValue.LimitExceeded` for too many ids
 */
export function select<T>(
  items: Iterable<T>,
  { ids, Filters: filters = [], Offset: offset = 0, Limit: limit = defaultLimit }: Query,
  idOf: (item: T) => string,
  tests: Readonly<Record<string, FilterTest<T>>>,
  codes: QueryCodes,
): { readonly page: T[]; readonly total: number } {
  const excluded = filters.filter(({ Name }) => codes.idFilters?.includes(Name) ?? true);
  if (ids?.length && excluded.length) {
    throw new CloudError(
      codes.coexist ?? "InvalidParameter.Coexist",
      "The parameters ids and `Filters` cannot be specified at the same time.",
    );
  }
  if ((ids?.length ?? 0) > maxIds) {
    throw new CloudError(
      "InvalidParameterValue.LimitExceeded",
      `At most ${maxIds} ids can be specified, got ${ids?.length}.`,
    );
  }
  if (limit < 1 || limit > maxLimit) {
    throw new CloudError(codes.limit, `The value \`${limit}\` of \`Limit\` is not between 1 and ${maxLimit}.`);
  }
  checkFilterCounts(filters, codes);
  const passes = filters.map(({ Name, Values }) => {
    const test = Object.hasOwn(tests, Name) ? tests[Name] : undefined;
    if (!test) throw new NotImplemented(codes.filterKey, `The filter \`${Name}\` is not valid.`);
    return (item: T) => test(item, Values, filters);
  });
  const selected = [...items].filter(
    (item) => (!ids?.length || ids.includes(idOf(item))) && passes.every((pass) => pass(item)),
  );
  return { page: selected.slice(offset, offset + limit), total: selected.length };
}

/** Source: the descriptions of Filters in the CVM and VPC APIs. */
function checkFilterCounts(filters: readonly Filter[], codes: QueryCodes): void {
  const { filterValues: code = "InvalidParameterValue.LimitExceeded", maxFilterValues = defaultMaxFilterValues } =
    codes;
  if (filters.length > maxFilters) {
    throw new CloudError(code, `At most ${maxFilters} filters can be specified, got ${filters.length}.`);
  }
  for (const { Name, Values } of filters) {
    if (Values.length > maxFilterValues) {
      throw new CloudError(
        code,
        `The filter \`${Name}\` takes at most ${maxFilterValues} values, got ${Values.length}.`,
      );
    }
  }
}
