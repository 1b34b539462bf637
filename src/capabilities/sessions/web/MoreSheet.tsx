/** What is needed now and then: the rare results, single taps of a count, stopping early, going on, running again. */
import { Trans, useLingui } from '@lingui/react/macro'
import {
  ArrowRightLeft,
  Ban,
  Check,
  ChevronRight,
  Eye,
  Hash,
  NotebookPen,
  OctagonMinus,
  Play,
  RotateCcw,
  Timer,
  Undo2,
  Users,
} from 'lucide-react'
import { lazy, Suspense, type ReactNode } from 'react'
import type { LucideIcon } from 'lucide-react'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { isOpen, nextPlace, type Goal } from '../goal.ts'
import { materialsAsked } from '../mastery.ts'
import type { Program } from '../program.ts'
import type { Measure } from '../records.ts'
import { buttonsOf } from '../rules.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { Key } from './Keys.tsx'
import { clockText } from './clock-text.ts'
import type { Recorder } from './recorder.ts'
import { ActState } from './SavedChip.tsx'
import { isWatched, placeOfItem, type PadButton } from './words.ts'
import styles from './sheets.module.css'

const MaterialChips = lazy(() => import('./MaterialChips.tsx'))

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
  readonly onTally: () => void
  readonly onObserved: () => void
  readonly onMove: () => void
  /** Goals of other students that could hold this session. */
  readonly elsewhere: readonly Program[]
  /** Null where the student has no program for ABC records. */
  readonly onAbc: (() => void) | null
  /** What the session is run with, where the mastery rule asks for it by name. */
  readonly material: string | undefined
  readonly onMaterial: (material: string) => void
}

/** What has a list of its own here, because its pad shows no single ones. */
const LISTED: readonly Measure['system'][] = ['count', 'duration', 'latency', 'irt', 'intensity']

export function MoreSheet(props: MoreSheetProps) {
  const { initials, program, measure, goal, recorder, onClose } = props
  const { t } = useLingui()
  const { person } = useDevice()
  const { own } = goal
  const open = own && isOpen(own) ? own : null
  // work that is done can be scored at any time (domain C11): by another person than the first one
  const finished = goal.finished.findLast(({ by }) => by !== person)
  const materials = materialsAsked(program.body.mastery)
  const next = open ? nextPlace(open, goal.partner) : 1
  const hasBegun = open !== null && (open.items.length > 0 || isWatched(open.measure))
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
            {measure.system === 'steps' ? (
              <Trans>Step {next} was</Trans>
            ) : measure.system === 'opportunities' ? (
              <Trans>Chance {next} was</Trans>
            ) : (
              <Trans>Trial {next} was</Trans>
            )}
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
      {materials.length > 0 && own?.observer !== 'ioa' && (
        <Suspense>
          <MaterialChips materials={materials} chosen={props.material} onChoose={props.onMaterial} />
        </Suspense>
      )}
      {own && LISTED.includes(own.measure.system) && own.items.length > 0 && <Taps {...props} own={own} />}
      <div className={styles.choices}>
        {open && hasBegun && (
          <Choice icon={Check} onClick={then(props.onFinish)} title={t`Finish`}>
            <Trans>That is all for now, and nothing broke it off.</Trans>
          </Choice>
        )}
        {open && hasBegun && (
          <Choice icon={OctagonMinus} onClick={props.onStop} title={t`Stop early …`}>
            <Trans>Something broke it off; say what.</Trans>
          </Choice>
        )}
        {open && !hasBegun && (
          <Choice icon={Ban} onClick={props.onNotRun} title={t`Not run …`}>
            <Trans>It did not happen; say why.</Trans>
          </Choice>
        )}
        {!own && !isWatched(measure) && (
          <Choice icon={Users} onClick={then(() => recorder.watch())} title={t`Begin together`}>
            <Trans>Begins without a result, so that a second observer can join before the first one.</Trans>
          </Choice>
        )}
        {!own && (
          <Choice icon={Ban} onClick={props.onNotRun} title={t`Not run …`}>
            <Trans>It did not happen; say why.</Trans>
          </Choice>
        )}
        {measure.system === 'count' && (open || !own) && (
          <Choice icon={Hash} onClick={props.onTally} title={t`Type a count …`}>
            <Trans>Counted on paper or with a clicker.</Trans>
          </Choice>
        )}
        {own && !open && own.status !== 'not_run' && isWatched(own.measure) && (
          <Choice icon={Timer} onClick={props.onObserved} title={t`Watched for another time …`}>
            <Trans>The clock ran on, or stopped too early.</Trans>
          </Choice>
        )}
        {own && own.items.length > 0 && props.elsewhere.length > 0 && (
          <Choice icon={ArrowRightLeft} onClick={props.onMove} title={t`Wrong student …`}>
            <Trans>It goes to the other student’s goal; here it is withdrawn.</Trans>
          </Choice>
        )}
        {!own && measure.system === 'product' && finished && (
          <Choice
            icon={Eye}
            onClick={then(() => recorder.observe(finished))}
            title={t`Score it again, blind`}
          >
            <Trans>
              The same work by a second person. What was scored before stays hidden until you end.
            </Trans>
          </Choice>
        )}
        {props.onAbc && (
          <Choice icon={NotebookPen} onClick={props.onAbc} title={t`What happened …`}>
            <Trans>An ABC record: before, what was seen, after.</Trans>
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

function Taps({ own, onItem }: MoreSheetProps & { own: SessionState }) {
  const { i18n } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  return (
    <div className={styles.section}>
      <h3>
        {own.measure.system === 'count' ? <Trans>Counted so far</Trans> : <Trans>Recorded so far</Trans>}
      </h3>
      <div className={styles.choices}>
        {own.items.toReversed().map((item) => (
          <button key={item.id} type="button" className={styles.choice} onClick={() => onItem(item)}>
            <span className={styles.grow}>
              {placeOfItem(i18n, item, own.measure)}
              <small>
                {formats.time(item.at)}
                {item.clock !== null && ` · ${clockText(item.clock)}`}
                {item.estimated && (
                  <>
                    {' · '}
                    <Trans>estimate</Trans>
                  </>
                )}
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
