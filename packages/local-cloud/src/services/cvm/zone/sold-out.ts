/** An instance type in a zone that has none of it left. */
export interface SoldOut {
  readonly zone: string;
  readonly instanceType: string;
}

/** Under which key of the state's `soldOut` it is kept. */
export const soldOutKey = ({ zone, instanceType }: SoldOut): string => `${zone} ${instanceType}`;

/** Whether the zone has none of this type left. */
export const isSoldOut = ({ soldOut }: { readonly soldOut: ReadonlyMap<string, SoldOut> }, offer: SoldOut): boolean =>
  soldOut.has(soldOutKey(offer));
