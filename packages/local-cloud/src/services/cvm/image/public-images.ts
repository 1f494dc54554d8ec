/** The public images that every account finds here. Other images have to be put in place with `seed.image`. */
export const publicImages = ["img-487zeit5", "img-mmytdhbn", "img-l8og963d"] as const;
