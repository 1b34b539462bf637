/**
 * The school's wall clock as <input type="datetime-local"> writes it (`2026-11-03T08:52`), and back. Enough for the
 * demo clock, and 20 kB lighter on a phone than a calendar library.
 */

/** What the wall clock in a zone shows at an instant (ms), to the minute. */
export function wallClock(at: number, tz: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: tz,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/**
 * The instant (ms) at which the wall clock in a zone shows this; null for what is no time. A time that the change
 * to summer time leaves out becomes one an hour away; of a time that comes twice, it is one of the two.
 */
export function instantAt(shown: string, tz: string): number | null {
  const wanted = Date.parse(`${shown}Z`)
  if (Number.isNaN(wanted)) return null
  let at = wanted
  // the first step lands within the zone's offset of the answer, the second beyond a change of that offset
  for (let step = 0; step < 2; step++) at += wanted - Date.parse(`${wallClock(at, tz)}Z`)
  return at
}
