/**
 * What was recorded in this block, newest first, and where each act stands on its way to the team. Beside the goals
 * on a wide screen; folded under them, and not drawn until it is opened, on a phone.
 */
import { useLingui } from '@lingui/react'
import { Trans } from '@lingui/react/macro'
import { ListTree } from 'lucide-react'
import { useState, useSyncExternalStore, type ReactNode } from 'react'
import type { Uuid } from '../../../platform/core/ids.ts'
import { wordOfAside } from '../../../platform/web/i18n/results.ts'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useDevice, useFromDevice } from '../../../platform/web/store/hooks.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import type { Me } from '../../schedule/model.ts'
import { partitionOfProgram, programOf } from '../program.ts'
import type { AsideReason, SessionItem, SessionState } from '../state.ts'
import { goalNow, type Place } from './hooks.ts'
import { ActState } from './SavedChip.tsx'
import { placeOfItem } from './words.ts'
import styles from './Ledger.module.css'

const SHOWN = 40
const WIDE = '(min-width: 1200px)'

interface Row {
  readonly item: SessionItem
  readonly state: SessionState
  readonly title: string
  readonly why: AsideReason | null
}

export interface LedgerProps {
  readonly place: Place
  readonly me: Me
  readonly students: readonly Uuid[]
  /** What stands above the list on a wide screen: the block itself. */
  readonly children: ReactNode
}

export function Ledger({ place, me, students, children }: LedgerProps) {
  const wide = useWide()
  const [isUnfolded, setUnfolded] = useState(false)
  if (wide)
    return (
      <aside className={styles.ledger}>
        {children}
        <h2>
          <Trans>Recorded</Trans>
        </h2>
        <Rows place={place} me={me} students={students} />
      </aside>
    )
  return (
    <details className={styles.folded} onToggle={(event) => setUnfolded(event.currentTarget.open)}>
      <summary>
        <ListTree size={18} aria-hidden />
        <Trans>What was recorded</Trans>
      </summary>
      {isUnfolded && <Rows place={place} me={me} students={students} />}
    </details>
  )
}

function Rows({ place, me, students }: Omit<LedgerProps, 'children'>) {
  const { i18n } = useLingui()
  const device = useDevice()
  const formats = useFormats(me.district.tz)
  const version = useFromDevice((here) => versionOf(here, place))
  const rows = rowsOf(device, place, students, version)
  if (rows.length === 0)
    return (
      <p className={styles.none}>
        <Trans>Nothing yet. Each tap appears here with where it stands.</Trans>
      </p>
    )
  return (
    <ul className={styles.rows}>
      {rows.map(({ item, state, title, why }) => {
        const student = me.students.find((one) => one.id === state.student)
        return (
          <li key={item.id} className={styles.row} data-aside={why ?? undefined}>
            <time dateTime={item.at}>{formats.clock(item.at)}</time>
            <Who initials={student?.initials ?? '?'} color={student?.color ?? 1} size="s" />
            <span className={styles.what}>
              <strong>
                {state.measure.system === 'count' && why ? '+1' : placeOfItem(i18n, item, state.measure)}
              </strong>
              <span className={styles.of}>
                {title}
                {why && <Trans>Not counted: {wordOfAside(i18n, why)}</Trans>}
              </span>
            </span>
            {!why && <ActState id={item.id} quiet />}
          </li>
        )
      })}
    </ul>
  )
}

/** Changes exactly when the rows do. */
function versionOf(device: Device, place: Place): string {
  return place.block.programs
    .map((program) => {
      const { own } = goalNow(device, program, place)
      return own ? [...own.items, ...own.aside].map((item) => item.id).join() : ''
    })
    .join(';')
}

function rowsOf(device: Device, place: Place, students: readonly Uuid[], version: string): Row[] {
  if (version === '') return []
  const rows = place.block.programs.flatMap((program): Row[] => {
    const { own: state } = goalNow(device, program, place)
    const partition = partitionOfProgram(device, program, students)
    const plan = partition === null ? null : programOf(device.records(partition), place.day)
    if (!state || !plan) return []
    const { title } = plan.body
    return [
      ...state.items.map((item) => ({ item, state, title, why: null })),
      ...state.aside.map((item) => ({ item, state, title, why: item.why })),
    ]
  })
  return rows
    .sort((a, b) => (a.item.at < b.item.at ? 1 : a.item.at > b.item.at ? -1 : b.item.n - a.item.n))
    .slice(0, SHOWN)
}

function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(WIDE)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(WIDE).matches,
  )
}
