/**
 * More than one hand on a program: drafts of others, a draft of one's own from another device, and what two changed each
 * in their own way. Nothing takes the place of anything here without being seen: what one changed oneself stays on the
 * desk, what the other wrote stays in their draft or version (F37).
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { MonitorSmartphone, Split, Users } from 'lucide-react'
import type { Uuid } from '../../../platform/core/ids.ts'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { SET_ASIDE, type DraftEntry } from '../drafts.ts'
import { readWorking, type Working } from '../working.ts'
import { draftRecord, type Start } from './desk.ts'
import { useMe, type Subject } from './useMine.ts'
import { fieldName } from './words.ts'

/** Carries what is on the desk over to theirs. */
type Take = (start: Start, theirs: Working, name: string) => void

/** Whoever else works on it: seen before both have published. */
export function Others({ subject, onTake }: { subject: Subject; onTake: Take }) {
  const { person } = useDevice()
  const me = useMe()
  return subject.drafts
    .filter(({ author }) => author !== person)
    .map((draft) => {
      const name = me?.people.find((one) => one.id === draft.author)?.name ?? ''
      return (
        <Notice
          key={draft.id}
          icon={Users}
          action={
            <Button onClick={() => onTake(...contentOf(subject, draft), name)}>
              <Trans>Go on from theirs</Trans>
            </Button>
          }
        >
          <Trans>
            {name} works on this program too. Talk to each other before one of you publishes. If you go on
            from theirs, what you changed yourself comes along.
          </Trans>
        </Notice>
      )
    })
}

/** My own draft of it that another device or page made, and that this desk knows nothing of. */
export function Elsewhere({
  subject,
  own,
  onTake,
}: {
  subject: Subject
  own: readonly Uuid[]
  onTake: Take
}) {
  const { t } = useLingui()
  const { person } = useDevice()
  const act = useAct()
  const me = useMe()
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const aside = (draft: DraftEntry) => {
    const [start] = contentOf(subject, draft)
    const about = { program: subject.program, student: subject.student.id }
    return draftRecord(about, { start, own: [draft.id] }, SET_ASIDE)
  }
  return subject.drafts
    .filter(({ id, author }) => author === person && !own.includes(id))
    .map((draft) => {
      const when = formats.dateTime(draft.at)
      return (
        <Notice
          key={draft.id}
          tone="wait"
          icon={MonitorSmartphone}
          announce
          action={
            <>
              <Button
                onClick={() => {
                  onTake(...contentOf(subject, draft), t`your other draft`)
                  act({ drafts: [aside(draft)], said: t`Both drafts are one now.` })
                }}
              >
                <Trans>Bring both together</Trans>
              </Button>
              <Button
                variant="ghost"
                onClick={() => act({ drafts: [aside(draft)], said: t`The other draft is set aside.` })}
              >
                <Trans>Set the other one aside</Trans>
              </Button>
            </>
          }
        >
          <Trans>
            You also changed this program on another device or page, last on {when}. Both drafts are kept
            until you choose.
          </Trans>
        </Notice>
      )
    })
}

/** What both changed, each in their own way, and theirs of it. */
export interface Clash {
  readonly name: string
  readonly theirs: Partial<Working>
}

export function BothChanged({
  clash: { name, theirs },
  onTake,
  onClose,
}: {
  clash: Clash
  onTake: (theirs: Partial<Working>) => void
  onClose: () => void
}) {
  const { i18n } = useLingui()
  const keys = Object.keys(theirs)
  if (keys.length === 0) return null
  const fields = new Intl.ListFormat(i18n.locale).format(keys.map((key) => fieldName(i18n, key)))
  return (
    <Notice
      tone="wait"
      icon={Split}
      announce
      action={
        <>
          <Button
            onClick={() => {
              onTake(theirs)
              onClose()
            }}
          >
            <Trans>Take the other words</Trans>
          </Button>
          <Button variant="ghost" onClick={onClose}>
            <Trans>Keep mine</Trans>
          </Button>
        </>
      }
    >
      <Trans>
        Changed in both, each in its own way: {fields}. What you wrote here stands; {name} says it
        differently.
      </Trans>
    </Notice>
  )
}

function contentOf(subject: Subject, { id, base }: DraftEntry): [Start, Working] {
  return [{ base, version: subject.versionOf(id) }, readWorking(subject.bodyOf(id))]
}
