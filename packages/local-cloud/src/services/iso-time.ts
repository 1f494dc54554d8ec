/** A point in time as most of the cloud's APIs write it. @param ms - Unix time in ms */
export const isoTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
