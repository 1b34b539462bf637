/** What the numbers of a school are called, in the brief and where they are kept. */
import { useLingui } from '@lingui/react/macro'
import type { CALLS } from '../../schedule/contacts.ts'

export function useCallWords(): Readonly<Record<(typeof CALLS)[number], string>> {
  const { t } = useLingui()
  return {
    teacher: t`Teacher in charge`,
    office: t`Office`,
    nurse: t`Nurse`,
    crisis: t`Help in a crisis`,
  }
}
