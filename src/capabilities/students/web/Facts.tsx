/** What is published of a student, in cards: how they communicate, what helps, what to do today, with whom. */
import { Trans, useLingui } from '@lingui/react/macro'
import {
  Accessibility,
  Backpack,
  CircleCheckBig,
  DoorOpen,
  GraduationCap,
  Heart,
  MessageCircle,
  UsersRound,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Written } from '../../../platform/web/kit/Written.tsx'
import type { MyStudent } from '../../schedule/model.ts'
import type { GlanceBody, ProfileBody } from '../records.ts'
import { useMe } from './hooks.ts'
import { BEHAVIOR_LINE, HANDED_TO, HELP_WITH } from './plan-words.ts'
import styles from './plans.module.css'

/** How they communicate and what they like. */
export function Meeting({ profile: { communicates, likes } }: { profile: ProfileBody }) {
  const { t } = useLingui()
  if (communicates.length + likes.length === 0) return null
  return (
    <Card as="section" className={styles.facts} aria-label={t`How to meet the student`}>
      {communicates.length > 0 && (
        <Fact icon={MessageCircle} label={<Trans>Communicates by</Trans>}>
          <Lines lines={communicates} />
        </Fact>
      )}
      {likes.length > 0 && (
        <Fact icon={Heart} label={<Trans>Likes</Trans>}>
          <p>
            <Written>{likes.join(' · ')}</Written>
          </p>
        </Fact>
      )}
    </Card>
  )
}

/** What must happen today, the supports, help that only trained adults give, and whom to hand over to. */
export function Support({ student, glance }: { student: MyStudent; glance: GlanceBody }) {
  const { t, i18n } = useLingui()
  const { accommodations, must_do, help, release } = glance
  return (
    <Card as="section" className={styles.facts} aria-label={t`Supports`}>
      {accommodations.length > 0 && (
        <Fact icon={Accessibility} label={<Trans>Supports, always allowed</Trans>}>
          <Lines lines={accommodations} />
        </Fact>
      )}
      {must_do.length > 0 && (
        <Fact icon={CircleCheckBig} label={<Trans>Must happen today</Trans>}>
          <Lines lines={must_do} />
        </Fact>
      )}
      {help.length > 0 && (
        <Fact icon={GraduationCap} label={<Trans>Trained adults only</Trans>}>
          <HelpTags student={student.id} help={help} />
        </Fact>
      )}
      <Fact icon={DoorOpen} label={<Trans>At the end of the day, hand over to</Trans>}>
        <p>
          <strong>{i18n._(HANDED_TO[release.to])}</strong>
          <ReleaseNote release={release} />
        </p>
      </Fact>
    </Card>
  )
}

/** Behind whom to hand over to, what somebody wrote about it. */
export function ReleaseNote({ release: { note } }: Pick<GlanceBody, 'release'>) {
  if (note === '') return null
  return (
    <>
      {' · '}
      <Written>{note}</Written>
    </>
  )
}

/** Each task, and whether I am trained for it. */
export function HelpTags({ student, help }: { student: string; help: GlanceBody['help'] }) {
  const { t, i18n } = useLingui()
  const cleared = useMe()?.cleared
  return (
    <span className={styles.tags}>
      {help.map((task) => {
        const words = i18n._(HELP_WITH[task])
        const mine = cleared?.some(
          (one) => one.task === task && (one.student === null || one.student === student),
        )
        return (
          <Tag key={task} tone={mine ? 'ok' : 'wait'}>
            {mine ? t`${words}: you are trained` : t`${words}: not you, call a trained adult`}
          </Tag>
        )
      })}
    </span>
  )
}

/** The behavior plan in three lines. */
export function Behavior({ behavior }: { behavior: GlanceBody['behavior'] }) {
  const { t, i18n } = useLingui()
  if (behavior === null) return null
  return (
    <Card as="section" aria-label={t`Behavior`}>
      <dl className={styles.five}>
        {(['see', 'do', 'dont'] as const).map((line) => (
          <div key={line} data-field={line}>
            <dt>{i18n._(BEHAVIOR_LINE[line])}</dt>
            <dd>
              <Written>{behavior[line]}</Written>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** What goes along, and who is there for the student. */
export function Around({ profile: { equipment, people } }: { profile: ProfileBody }) {
  const { t } = useLingui()
  if (equipment.length + people.length === 0) return null
  return (
    <Card as="section" className={styles.facts} aria-label={t`Equipment and people`}>
      {equipment.length > 0 && (
        <Fact icon={Backpack} label={<Trans>Equipment</Trans>}>
          <Lines lines={equipment} />
        </Fact>
      )}
      {people.length > 0 && (
        <Fact icon={UsersRound} label={<Trans>People</Trans>}>
          <Lines lines={people.map(({ name, does }) => `${name}: ${does}`)} />
        </Fact>
      )}
    </Card>
  )
}

export function Fact({
  icon: Icon,
  label,
  children,
}: {
  icon: LucideIcon
  label: ReactNode
  children: ReactNode
}) {
  return (
    <div className={styles.fact}>
      <Icon size={20} aria-hidden />
      <div>
        <p className={styles.label}>{label}</p>
        {children}
      </div>
    </div>
  )
}

export function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className={styles.plain}>
      {lines.map((line) => (
        <li key={line}>
          <Written>{line}</Written>
        </li>
      ))}
    </ul>
  )
}
