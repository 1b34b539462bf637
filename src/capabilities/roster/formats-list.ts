/** The formats in which a roster can come; apart from their readers, so that a screen can name them. */
export const FORMATS = ['oneroster', 'sds', 'edfi', 'ucs', 'csv'] as const
export type Format = (typeof FORMATS)[number]
