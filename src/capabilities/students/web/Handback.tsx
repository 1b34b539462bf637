/** A substitute's note at the end of the day: what went well, and what whoever comes tomorrow must know. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { NotebookPen, Send } from 'lucide-react'
import { useState } from 'react'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { TextArea } from '../../../platform/web/kit/TextArea.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { handedBack } from './handback.ts'
import { useMe } from './hooks.ts'
import styles from './brief.module.css'

const MINUTE = 60_000
interface Note {
  readonly well: string
  readonly tomorrow: string
}

export default function Handback() {
  const { t } = useLingui()
  const me = useMe()
  const now = useNow(MINUTE)
  const act = useAct()
  const navigate = useNavigate()
  const open = useFromDevice((device) => (me ? handedBack(device, me, now).join() : ''))
  const [notes, setNotes] = useState<Readonly<Record<string, Note>>>({})
  const students = (me?.students ?? []).filter(({ id }) => open.split(',').includes(id))
  const written = students.flatMap(({ id }) => {
    const { well = '', tomorrow = '' } = notes[id] ?? {}
    const note = { well: well.trim(), tomorrow: tomorrow.trim() }
    return note.well === '' && note.tomorrow === '' ? [] : [{ id, note }]
  })
  if (students.length === 0)
    return (
      <Page>
        <PageHeader title={t`Hand-back note`} back="/today" />
        <EmptyState icon={NotebookPen} title={t`Nothing to hand back`}>
          <p>
            <Trans>
              A substitute who worked with students writes two lines here for whoever comes next. Yours are
              written, or you had no students today.
            </Trans>
          </p>
        </EmptyState>
      </Page>
    )
  const send = async () => {
    act({
      drafts: written.map(({ id, note }) => ({
        kind: 'students.handback',
        student: id,
        refs: {},
        body: note,
      })),
      said: t`Handed back`,
    })
    await navigate({ to: '/today' })
  }
  return (
    <Page>
      <PageHeader title={t`Hand-back note`} back="/today" subtitle={t`Facts in your words, without names`} />
      {students.map(({ id, initials, color }) => {
        const note = notes[id] ?? { well: '', tomorrow: '' }
        const write = (change: Partial<Note>) => setNotes({ ...notes, [id]: { ...note, ...change } })
        return (
          <Card as="section" key={id} className={styles.card} aria-label={t`Hand-back note, ${initials}`}>
            <Who initials={initials} color={color} />
            <TextArea
              label={t`What went well`}
              value={note.well}
              maxLength={500}
              onChange={(well) => write({ well })}
            />
            <TextArea
              label={t`What to know tomorrow`}
              value={note.tomorrow}
              maxLength={500}
              onChange={(tomorrow) => write({ tomorrow })}
            />
          </Card>
        )
      })}
      <Button
        variant="primary"
        size="pad"
        wide
        icon={Send}
        disabled={written.length === 0}
        onClick={() => void send()}
      >
        <Trans>Hand back</Trans>
      </Button>
    </Page>
  )
}
