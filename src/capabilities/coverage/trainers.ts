/** Who signs somebody off, for students they are with (domain B.3, L.3). Whoever leads a school does for all of it. */
export const TRAINERS: readonly string[] = ['nurse', 'ot', 'pt', 'slp', 'bcba']
