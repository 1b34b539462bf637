/** How often a counted behavior happened: a tap each, and what was counted elsewhere as the number it was. */
import type { SessionItem } from '../state.ts'

export function countedIn(items: readonly SessionItem[]): number {
  return items.reduce((sum, item) => sum + (item.count ?? 1), 0)
}
