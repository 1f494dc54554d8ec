/** Some of the cloud's instance types: virtual CPUs and memory in GB. Source: the product's table of standard types. */
export const instanceTypes: Readonly<Record<string, { readonly cpu: number; readonly memory: number }>> = {
  "S5.SMALL1": { cpu: 1, memory: 1 },
  "S5.SMALL2": { cpu: 1, memory: 2 },
  "S5.SMALL4": { cpu: 1, memory: 4 },
  "S5.MEDIUM2": { cpu: 2, memory: 2 },
  "S5.MEDIUM4": { cpu: 2, memory: 4 },
  "S5.MEDIUM8": { cpu: 2, memory: 8 },
  "S5.LARGE8": { cpu: 4, memory: 8 },
  "S5.LARGE16": { cpu: 4, memory: 16 },
  "SA2.SMALL1": { cpu: 1, memory: 1 },
  "SA2.MEDIUM2": { cpu: 2, memory: 2 },
  "SA2.MEDIUM4": { cpu: 2, memory: 4 },
  "SA2.LARGE8": { cpu: 4, memory: 8 },
  "S6.MEDIUM2": { cpu: 2, memory: 2 },
  "S6.MEDIUM4": { cpu: 2, memory: 4 },
  "S6.LARGE8": { cpu: 4, memory: 8 },
};
