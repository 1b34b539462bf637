/**
 * The report of a student on one page. Who decides edits sentences and ratings, sees beside each goal what stands
 * against it, and makes it final; everybody else drafts sentences of facts for them.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, Lock, UserX } from 'lucide-react'
import { useState } from 'react'
import { addDays, dayOf } from '../../../platform/core/days.ts'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useClock } from '../../../platform/web/store/now.ts'
import type { Draft } from '../../../platform/web/store/draft.ts'
import { factsOf, type GoalFacts } from '../goal-report.ts'
import type { DraftBody, FinalBody, Language } from '../records.ts'
import { blocksOf, draftSentence } from '../sentence.ts'
import { GoalEditor, type Written } from './GoalEditor.tsx'
import { useGoals, useReports, useSentences, useStudent, type Held } from './held.ts'
import { useDraft } from './useDraft.ts'
import styles from './reports.module.css'

/** A record takes 64 kB, with what is around its body. */
const MOST_BYTES = 60_000
/** Without a report before this one: nine weeks. */
const WEEKS = 9

export default function ReportPage() {
  const { t } = useLingui()
  const { student } = useScreenParams<'student'>()
  return <Report student={student} title={t`Progress report`} />
}

export function Report({ student, title }: { student: string; title: string }) {
  const held = useStudent(student)
  const tz = held?.me.district.tz
  const today = useClock((clock) => (tz === undefined ? '' : dayOf(clock.now(), tz)))
  // on another day it is opened anew, with that day's period; what was typed is in the draft
  if (held) return <Writing key={today} held={held} title={title} today={today} />
  return (
    <Page>
      <PageHeader title={title} back="/students" />
      <EmptyState icon={UserX} title={title}>
        <p>
          <Trans>Nothing of this student is on this device.</Trans>
        </p>
      </EmptyState>
    </Page>
  )
}

function Writing({ held, title, today }: { held: Held; title: string; today: string }) {
  const { t, i18n } = useLingui()
  const { student, owner, me } = held
  const act = useAct()
  const goals = useGoals(student.id)
  const reports = useReports(student.id)
  const sentences = useSentences(student.id)
  const [first] = useState(() => firstOf(reports, today, i18n.locale === 'es' ? 'es' : 'en'))
  const desk = useDraft(student.id, first, owner)
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState(false)
  const { period, lang } = desk.body
  const written = goals.flatMap((goal): Written[] => {
    const facts = factsOf(goal, period)
    return facts ? [writtenOf(facts, desk.body)] : []
  })
  const included = written.filter((one) => one.included)
  const final: FinalBody = { stage: 'final', period, lang, goals: included.map(goalReportOf) }
  const isBlocked = included.some((one) => blocksOf(one).length > 0)
  const isTooLarge = new TextEncoder().encode(JSON.stringify(final)).length > MOST_BYTES
  const badPeriod = period.from > period.to || period.to > today
  const done = reports.find((one) => one.report === desk.report && one.final !== null)

  const finish = () => {
    const refs = { report: desk.report }
    // read by a strict schema from JSON, so it is JSON
    const body = final as unknown as Draft['body']
    act({
      drafts: [{ kind: 'reports.report', body, student: student.id, refs }],
      said: t`The report is final`,
    })
    desk.close()
    setAsking(false)
  }

  return (
    <Page>
      <PageHeader
        title={title}
        before={<Who initials={student.initials} color={student.color} />}
        back="/students/$student"
        backParams={{ student: student.id }}
      />
      {done ? (
        <Notice
          tone="ok"
          icon={Lock}
          announce
          action={
            <ButtonLink to="/reports/$student/$report" params={{ student: student.id, report: done.report }}>
              <Trans>Open it</Trans>
            </ButtonLink>
          }
        >
          <Trans>
            This report is final and locked. Print it, or note that the family has it, on its own page.
          </Trans>
        </Notice>
      ) : (
        <div className={styles.stack}>
          <Card className={styles.stack}>
            <div className={styles.row}>
              <TextField
                label={t`From`}
                type="date"
                value={period.from}
                onChange={(from) => from !== '' && desk.set({ period: { ...period, from } })}
              />
              <TextField
                label={t`To`}
                type="date"
                value={period.to}
                onChange={(to) => to !== '' && desk.set({ period: { ...period, to } })}
                error={badPeriod ? t`The period ends on or before today, and after it begins.` : undefined}
              />
            </div>
            <Choice
              legend={t`Language of the report`}
              options={[
                { value: 'en', label: 'English', lang: 'en' },
                { value: 'es', label: 'Español', lang: 'es' },
              ]}
              value={lang}
              onChange={(next) => desk.set({ lang: next })}
            />
          </Card>
          {written.map((one) => (
            <GoalEditor
              key={one.facts.program}
              written={one}
              lang={lang}
              owner={owner}
              told={shown}
              names={me.people}
              proposed={sentences.find(({ program }) => program === one.facts.program)?.proposed ?? []}
              onEdit={(patch) => desk.edit(one.facts.program, patch)}
              onPropose={(text) =>
                act({
                  drafts: [
                    {
                      kind: 'reports.sentence',
                      body: { text, lang, period },
                      student: student.id,
                      refs: { program: one.facts.program },
                    },
                  ],
                  said: t`Sent to the teacher`,
                })
              }
            />
          ))}
          {owner && (
            <>
              {desk.refused && (
                <Notice tone="wait" icon={CircleAlert} announce>
                  <Trans>
                    What you wrote last is on this page only: it holds a character that cannot be stored, or
                    is too long. Type it anew or shorten it; then it is kept.
                  </Trans>
                </Notice>
              )}
              {isTooLarge && (
                <Notice tone="wait" icon={Lock}>
                  <Trans>
                    This is more than one report can hold. Choose a shorter period, or make two reports.
                  </Trans>
                </Notice>
              )}
              {shown && (isBlocked || included.length === 0) && (
                <Notice tone="wait" icon={Lock} announce>
                  <Trans>Something is still missing; it stands beside each goal.</Trans>
                </Notice>
              )}
              <Button
                variant="primary"
                size="pad"
                icon={Lock}
                disabled={isTooLarge || badPeriod}
                onClick={() => {
                  setShown(true)
                  if (!isBlocked && included.length > 0) setAsking(true)
                }}
              >
                <Trans>Make it final</Trans>
              </Button>
            </>
          )}
        </div>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        role="alertdialog"
        title={t`Make this report final?`}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>
              <Trans>Not yet</Trans>
            </Button>
            <Button variant="primary" icon={Lock} onClick={finish}>
              <Trans>Make it final</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            It is locked then: nothing in it is scored again. When data are corrected later, the report says
            so and you can add to it.
          </Trans>
        </p>
      </Dialog>
    </Page>
  )
}

function firstOf(reports: ReturnType<typeof useReports>, today: string, lang: Language) {
  const state = reports.find(({ draft, final }) => draft !== null && final === null)
  if (state?.draft) return { state, body: state.draft.body as DraftBody }
  const before = reports.find(({ final }) => final !== null)?.final?.body.period.to
  const from = before && before < today ? addDays(before, 1) : addDays(today, -7 * WEEKS)
  return { state: undefined, body: { stage: 'draft' as const, period: { from, to: today }, lang, edits: [] } }
}

function writtenOf(facts: GoalFacts, { edits, lang }: DraftBody): Written {
  const edit = edits.find(({ program }) => program === facts.program)
  return {
    facts,
    included: edit?.included ?? true,
    rating: edit?.rating ?? facts.suggested,
    isSuggested: edit?.rating === undefined && facts.suggested !== null,
    sentence: edit?.sentence ?? draftSentence(facts, lang),
    change: edit?.change ?? '',
  }
}

function goalReportOf({ facts, rating, sentence, change }: Written): FinalBody['goals'][number] {
  const { last: _last, suggested: _suggested, ...goal } = facts
  // a goal without a rating is blocked before this is asked for
  return { ...goal, rating: rating ?? 'not_introduced', sentence: sentence.trim(), change: change.trim() }
}
