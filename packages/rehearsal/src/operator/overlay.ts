/** Settings over those of a settings file: a section is merged key by key, a list or value replaced, null takes a key out. */
export interface Overlay {
  readonly [key: string]: unknown;
}

/** Settings with others over them; a null stays, to take out what the file below has. */
export function overlaid(settings: Overlay, over: Overlay): Overlay {
  const merged = Object.entries(over).map(([key, value]) => {
    const below = settings[key];
    return [key, isSection(below) && isSection(value) ? overlaid(below, value) : value];
  });
  return { ...settings, ...(Object.fromEntries(merged) as Overlay) };
}

function isSection(value: unknown): value is Overlay {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
