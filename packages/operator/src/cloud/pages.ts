/** A page of one of the cloud's lists, as it is asked for. */
export interface PageRequest {
  readonly Offset: number;
  readonly Limit: number;
}

/** As many as the cloud gives at a time. */
const PAGE_SIZE = 100;

/**
 * All entries of one of the cloud's lists, page by page.
 *
 * @param ask asks for a page
 * @param set the member of the answer that has the entries
 */
export async function allPages<T>(
  ask: (page: PageRequest) => Promise<Readonly<Record<string, unknown>>>,
  set: string,
): Promise<T[]> {
  const entries: T[] = [];
  for (;;) {
    const answer = await ask({ Offset: entries.length, Limit: PAGE_SIZE });
    const page = (answer[set] ?? []) as readonly T[];
    entries.push(...page);
    const { TotalCount: total } = answer as { readonly TotalCount?: number };
    if (page.length < PAGE_SIZE || entries.length >= (total ?? Infinity)) return entries;
  }
}

/** A page as the older actions of VPC want it, whose numbers are texts. */
export function asText({ Offset, Limit }: PageRequest): { readonly Offset: string; readonly Limit: string } {
  return { Offset: String(Offset), Limit: String(Limit) };
}
