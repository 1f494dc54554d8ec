/**
 * The public images that have a short name: which names of the cloud's mean them. The cloud lists several editions of a
 * release (UEFI, with drivers, for ARM), whose names go on behind what is here, and its names are English or Chinese.
 */
export const IMAGES = {
  "ubuntu-24.04": ubuntu("24\\.04"),
  "ubuntu-22.04": ubuntu("22\\.04"),
  "ubuntu-20.04": ubuntu("20\\.04"),
  "debian-12": debian("12"),
  "debian-11": debian("11"),
} as const;

/** The short name of a public image. */
export type ImageAlias = keyof typeof IMAGES;

/** All of them. */
export const IMAGE_ALIASES = Object.keys(IMAGES) as [ImageAlias, ...ImageAlias[]];

function ubuntu(version: string): string {
  return `^Ubuntu Server ${version}(\\.\\d+)? LTS 64(bit|位)$`;
}

function debian(version: string): string {
  return `^Debian ${version}(\\.\\d+)? 64(bit|位)$`;
}
