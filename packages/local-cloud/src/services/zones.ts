/** How many zones the region has here: `<region>-1` and so on. Real regions differ. */
const zoneCount = 6;

/** The zones of the region. */
export const zonesOf = (region: string): string[] =>
  Array.from({ length: zoneCount }, (_, index) => `${region}-${index + 1}`);

/** Whether the region has this zone. */
export const isZone = (region: string, zone: string): boolean => zonesOf(region).includes(zone);
