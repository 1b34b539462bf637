/**
 * What can go wrong on the device, as codes that screens branch on. The shell turns a StoreError at opening into
 * a plain page ("this browser keeps nothing", F10); a screen turns a CaptureRefused into words beside the field.
 */

/**
 * unavailable: the browser offers no IndexedDB here, or refuses to open it (private mode, blocked by policy);
 * blocked: another tab holds an older version of the database open; outdated: the database was made by a newer
 * build, so this tab must reload; quota: the device is full; closed: the device was closed or signed out;
 * locked: the keys are not here, and a signed-in session is needed once to have them; old_server: the server knows
 * nothing of devices yet; failed: anything else.
 */
export type StoreCode =
  | 'unavailable'
  | 'blocked'
  | 'outdated'
  | 'quota'
  | 'closed'
  | 'locked'
  | 'old_server'
  | 'failed'

/** The store could not do what was asked; nothing of it was done. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreCode

  constructor(code: StoreCode, cause?: unknown) {
    super(`device store: ${code}`, { cause })
    this.code = code
  }
}

/** `kind`, `version`, `refs`, `scope`, `body`, `text`, `size` or `envelope`: which rule the draft breaks. */
export type RefusalCode = 'kind' | 'version' | 'refs' | 'scope' | 'body' | 'text' | 'size' | 'envelope'

/** A draft that can never become a record. Thrown by `capture` before anything is written or shown. */
export class CaptureRefused extends Error {
  override readonly name = 'CaptureRefused'
  readonly code: RefusalCode
  /** Dotted path of the field at fault, or null. */
  readonly field: string | null

  constructor(code: RefusalCode, field: string | null) {
    super(`not a record: ${code}${field === null ? '' : ` (${field})`}`)
    this.code = code
    this.field = field
  }
}
