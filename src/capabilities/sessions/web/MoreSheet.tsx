/** What is needed now and then: the rare results, single taps of a count, stopping early, going on, running again. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Ban, Check, Users, ChevronRight, OctagonMinus, RotateCcw, Play, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LucideIcon } from 'lucide-react'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { isOpen, nextPlace, type Goal } from '../goal.ts'
import type { Program } from '../program.ts'
import type { Measure } from '../records.ts'
import { buttonsOf } from '../rules.ts'
import type { SessionItem } from '../state.ts'
import { Key } from './Keys.tsx'
import { clockText } from './ObservedTime.tsx'
import type { Recorder } from './recorder.ts'
import { ActState } from './SavedChip.tsx'
import type { PadButton } from './words.ts'
import styles from './sheets.module.css'

/** Results that have no key of their own on the pad. */
const RARE: readonly PadButton['label'][] = ['refused', 'interrupted', 'adult', 'not_applicable']

export interface MoreSheetProps {
  readonly initials: string
  readonly program: Program
  readonly measure: Measure
  readonly goal: Goal
  readonly recorder: Recorder
  readonly onItem: (item: SessionItem) => void
  readonly onClose: () => void
  readonly onFinish: () => void
  readonly onStop: () => void
  readonly onNotRun: () => void
  readonly onAgain: () => void
}

export function MoreSheet(props: MoreSheetProps) {
  const { initials, program, measure, goal, recorder, onClose } = props
  const { t } = useLingui()
  const { own } = goal
  const open = own && isOpen(own) ? own : null
  const next = open ? nextPlace(open, goal.partner) : 1
  const rare = buttonsOf(measure).filter((button) => RARE.includes(button.label))
  const then = (work: () => void) => () => {
    onClose()
    work()
  }
  return (
    <Dialog open onClose={onClose} title={`${initials} · ${program.body.title}`}>
      {(open || !own) && next !== null && rare.length > 0 && (
        <div className={styles.section}>
          <h3>
            {measure.system === 'steps' ? <Trans>Step {next} was</Trans> : <Trans>Trial {next} was</Trans>}
          </h3>
          <div className={styles.row}>
            {rare.map((button) => (
              <Key
                key={button.code}
                button={button}
                measure={measure}
                onTap={(chosen) => {
                  recorder.tap(chosen)
                  onClose()
                }}
              />
            ))}
          </div>
        </div>
      )}
      {own?.measure.system === 'count' && own.items.length > 0 && <Taps {...props} items={own.items} />}
      <div className={styles.choices}>
        {open && (open.items.length > 0 || measure.system === 'count') && (
          <Choice icon={Check} onClick={then(props.onFinish)} title={t`Finish`}>
            <Trans>That is all for now, and nothing broke it off.</Trans>
          </Choice>
        )}
        {open && (open.items.length > 0 || measure.system === 'count') && (
          <Choice icon={OctagonMinus} onClick={props.onStop} title={t`Stop early …`}>
            <Trans>Something broke it off; say what.</Trans>
          </Choice>
        )}
        {open && open.items.length === 0 && measure.system !== 'count' && (
          <Choice icon={Ban} onClick={props.onNotRun} title={t`Not run …`}>
            <Trans>It did not happen; say why.</Trans>
          </Choice>
        )}
        {!own && measure.system !== 'count' && (
          <Choice icon={Users} onClick={then(() => recorder.watch())} title={t`Begin together`}>
            <Trans>Begins without a result, so that a second observer can join before the first one.</Trans>
          </Choice>
        )}
        {!own && (
          <Choice icon={Ban} onClick={props.onNotRun} title={t`Not run …`}>
            <Trans>It did not happen; say why.</Trans>
          </Choice>
        )}
        {own && !open && own.status !== 'not_run' && (
          <>
            <Choice icon={Play} onClick={then(() => recorder.reopen(own))} title={t`Go on with it`}>
              <Trans>The same session goes on; the time between does not count.</Trans>
            </Choice>
            <Choice icon={RotateCcw} onClick={then(props.onAgain)} title={t`Run it again`}>
              <Trans>A second session today: a point of its own.</Trans>
            </Choice>
          </>
        )}
        {own && !open && own.status === 'not_run' && (
          <Choice icon={Undo2} onClick={then(() => recorder.takeBack(own))} title={t`It is run after all`}>
            <Trans>Takes back that it was not run.</Trans>
          </Choice>
        )}
      </div>
    </Dialog>
  )
}

function Choice({
  icon: Icon,
  title,
  onClick,
  children,
}: {
  icon: LucideIcon
  title: string
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button type="button" className={styles.choice} onClick={onClick}>
      <Icon size={20} aria-hidden />
      <span>
        {title}
        <small>{children}</small>
      </span>
    </button>
  )
}

function Taps({ items, onItem }: MoreSheetProps & { items: readonly SessionItem[] }) {
  const { t } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  return (
    <div className={styles.section}>
      <h3>
        <Trans>Counted so far</Trans>
      </h3>
      <div className={styles.choices}>
        {items.toReversed().map((item) => (
          <button key={item.id} type="button" className={styles.choice} onClick={() => onItem(item)}>
            <span className={styles.grow}>
              {t`Number ${item.n}`}
              <small>
                {formats.time(item.at)} · {clockText(item.clock ?? 0)}
              </small>
            </span>
            <ActState id={item.id} />
            <ChevronRight size={18} aria-hidden />
          </button>
        ))}
      </div>
    </div>
  )
}
