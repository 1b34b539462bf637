/** Who publishes what of a student: the wall judges it (ingest); here it only says which forms there are. */
import type { What } from '../plans.ts'

const OWNED: Readonly<Record<string, readonly Exclude<What, 'safety'>[]>> = {
  case_manager: ['glance', 'profile'],
  nurse: ['health', 'profile'],
  bcba: ['glance'],
  slp: ['glance'],
  ot: ['glance'],
  pt: ['glance'],
}

/** The plans that somebody with this role with a student publishes; none for who works by them. */
export function publishes(role: string): readonly Exclude<What, 'safety'>[] {
  return OWNED[role] ?? []
}
