/** Whether this page was opened by an invitation's link. */

/** The secret of the invitation that this page was opened with; null: it was not. */
export function invitationHere({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): string | null {
  return pathname === '/join' && hash.length > 1 ? hash.slice(1) : null
}
