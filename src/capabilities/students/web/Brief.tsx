/**
 * A substitute's five-minute brief (domain H.4): my day, whom to call, one screen a student, what stays in the school,
 * and three questions. Each try is recorded with the versions it was made of; until all three are right, the pad of
 * these students says: first the brief.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import {
  ArrowLeft,
  ArrowRight,
  BookOpenCheck,
  CalendarDays,
  CircleCheckBig,
  CircleX,
  Phone,
} from 'lucide-react'
import { useState, type ComponentType, type ReactNode } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useDevice, useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import type { Me, MyStudent } from '../../schedule/model.ts'
import { briefsOf, QUESTIONS, questionsOf, type Facts, type Question } from '../brief.ts'
import { needsBrief } from '../gate.ts'
import { plansIn, WHATS, type Plans } from '../plans.ts'
import { BriefStudent } from './BriefStudent.tsx'
import { useMe } from './hooks.ts'
import { answerWords, questionWords } from './quiz-words.ts'
import { WhomToCall } from './WhomToCall.tsx'
import styles from './brief.module.css'

const MINUTE = 60_000

export interface BriefProps {
  /** Whom to call for what one is not trained for. */
  readonly call?: ComponentType<{ student: string }> | undefined
}

export function Brief({ call: Call }: BriefProps) {
  const { t } = useLingui()
  const me = useMe()
  const now = useNow(MINUTE)
  const substituted = me?.students.filter(({ role }) => role === 'substitute') ?? []
  const open = useFromDevice((device) =>
    me
      ? substituted
          .filter(({ id }) => needsBrief(device, me, id, now))
          .map(({ id }) => id)
          .join()
      : '',
  )
  // the brief that was begun stays, also once it is passed
  const [begun, setBegun] = useState<readonly string[] | null>(null)
  const [next] = briefsOf(open === '' ? [] : open.split(','))
  const ids = begun ?? next
  if (!begun && next) setBegun(next)
  if (me && ids)
    return (
      <Reading me={me} students={substituted.filter(({ id }) => ids.includes(id))} now={now} call={Call} />
    )
  return (
    <Page>
      <PageHeader title={t`Brief`} back="/today" />
      <EmptyState icon={BookOpenCheck} title={t`No brief is waiting`}>
        <p>
          <Trans>Here a substitute reads in five minutes what is needed for the students of the day.</Trans>
        </p>
      </EmptyState>
    </Page>
  )
}

interface ReadingProps extends BriefProps {
  readonly me: Me
  readonly students: readonly MyStudent[]
  readonly now: number
}

function Reading({ me, students, now, call: Call }: ReadingProps) {
  const { t } = useLingui()
  const device = useDevice()
  const act = useAct()
  const [step, setStep] = useState(0)
  const [attempt, setAttempt] = useState(1)
  const [wrong, setWrong] = useState<readonly Question[] | null>(null)
  const plans = students.map((student) => plansIn(device, student.id))
  const day = dayOf(now, me.district.tz)
  const questions = questionsOf(
    students.map((student, n) => factsOf(student.id, plans[n])),
    day,
    attempt,
  )
  const last = students.length + 1
  const go = (to: number) => {
    setStep(to)
    scrollTo(0, 0)
  }

  const answer = (given: readonly number[]) => {
    const missed = questions.filter(({ right }, n) => given[n] !== right)
    act({
      drafts: students.map(({ id }, n) => ({
        kind: 'students.brief',
        student: id,
        refs: versionsIn(plans[n]),
        body: { passed: missed.length === 0, wrong: missed.length },
      })),
      said: null,
    })
    setWrong(missed)
    if (missed.length > 0) setAttempt(attempt + 1)
  }
  const again = () => {
    const first = students.findIndex(({ id }) => wrong?.some((question) => question.student === id))
    setWrong(null)
    go(first + 1)
  }

  const student = students[step - 1]
  return (
    <Page>
      <PageHeader title={t`Brief`} back="/today" subtitle={t`${step + 1} of ${last + 1}`} />
      {wrong?.length === 0 ? (
        <Passed />
      ) : wrong ? (
        <NotYet right={QUESTIONS - wrong.length} onAgain={again} />
      ) : (
        <>
          {step === 0 && <MyDay me={me} day={day} />}
          {student && <BriefStudent key={student.id} student={student} plans={plans[step - 1]} />}
          {student && Call && <Call student={student.id} />}
          {step === last && (
            <Check key={attempt} questions={questions} students={students} onAnswer={answer} />
          )}
          <div className={styles.way}>
            {step > 0 && (
              <Button size="pad" icon={ArrowLeft} onClick={() => go(step - 1)}>
                <Trans>Back</Trans>
              </Button>
            )}
            {step < last && (
              <Button variant="primary" size="pad" icon={ArrowRight} onClick={() => go(step + 1)}>
                <Trans context="button">Next</Trans>
              </Button>
            )}
          </div>
        </>
      )}
    </Page>
  )
}

function factsOf(student: string, plans: Plans | undefined): Facts {
  const bodyOf = <Body,>(heads: readonly { readonly body: Body }[] | undefined) => heads?.[0]?.body ?? null
  return {
    student,
    safety: bodyOf(plans?.safety.heads),
    profile: bodyOf(plans?.profile.heads),
    health: bodyOf(plans?.health.heads),
    glance: bodyOf(plans?.glance.heads),
  }
}

function versionsIn(plans: Plans | undefined): Record<string, string> {
  return Object.fromEntries(
    WHATS.flatMap((what) => {
      const [head] = plans?.[what].heads ?? []
      return head ? [[what, head.id] as const] : []
    }),
  )
}

/** ① where I am when, ② whom I call. */
function MyDay({ me, day }: { me: Me; day: string }) {
  const formats = useFormats(me.district.tz)
  const blocks = me.boards.find((board) => board.day === day)?.blocks ?? []
  return (
    <>
      <Card as="section" className={styles.card} aria-labelledby="my-day">
        <h2 id="my-day">
          <CalendarDays size={20} aria-hidden /> <Trans>My day</Trans>
        </h2>
        <ol className={styles.day}>
          {blocks
            .toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))
            .map(({ assignment, start, title, place }) => (
              <li key={assignment}>
                <time dateTime={start}>{formats.clock(start)}</time>
                <span>
                  {title} <span className={styles.quiet}>{place}</span>
                </span>
              </li>
            ))}
        </ol>
      </Card>
      <Card as="section" className={styles.card} aria-labelledby="whom-to-call">
        <h2 id="whom-to-call">
          <Phone size={20} aria-hidden /> <Trans>Whom to call</Trans>
        </h2>
        <WhomToCall me={me} />
      </Card>
    </>
  )
}

interface CheckProps {
  readonly questions: readonly Question[]
  readonly students: readonly MyStudent[]
  readonly onAnswer: (given: readonly number[]) => void
}

/** ④ what stays here, ⑤ three questions. */
function Check({ questions, students, onAnswer }: CheckProps) {
  const { i18n } = useLingui()
  const [given, setGiven] = useState<readonly (number | null)[]>(questions.map(() => null))
  const all = given.every((one) => one !== null)
  return (
    <>
      <Card as="section" className={styles.card} aria-labelledby="stays">
        <h2 id="stays">
          <Trans>What you learn here stays here</Trans>
        </h2>
        <p>
          <Trans>
            Talk about students only with the adults of their team, and never where others hear it. No photos,
            no names in messages; questions of families go to the teacher.
          </Trans>
        </p>
      </Card>
      <h2 className={styles.ask}>
        <Trans>Three questions</Trans>
      </h2>
      {questions.map((question, n) => {
        const initials = students.find(({ id }) => id === question.student)?.initials ?? ''
        return (
          <Card as="section" key={questionWords(i18n, question, initials)}>
            <fieldset className={styles.question}>
              <legend>{questionWords(i18n, question, initials)}</legend>
              {question.answers.map((answer, at) => (
                <label key={JSON.stringify(answer)}>
                  <input
                    type="radio"
                    name={`question-${n}`}
                    checked={given[n] === at}
                    onChange={() => setGiven(given.with(n, at))}
                  />
                  <span>{answerWords(i18n, answer)}</span>
                </label>
              ))}
            </fieldset>
          </Card>
        )
      })}
      <Button
        variant="primary"
        size="pad"
        wide
        disabled={!all}
        onClick={() => onAnswer(given.flatMap((one) => one ?? []))}
      >
        <Trans>Check my answers</Trans>
      </Button>
    </>
  )
}

function Passed() {
  return (
    <Outcome
      notice={
        <Notice tone="ok" icon={CircleCheckBig} announce>
          <Trans>3 of 3. You can begin.</Trans>
        </Notice>
      }
    >
      <p>
        <Trans>
          Everything you read is on each student’s page, one tap away. At the end of the day you write two
          lines to hand back.
        </Trans>
      </p>
      <ButtonLink to="/today" variant="primary" size="pad" wide icon={CalendarDays}>
        <Trans>To my day</Trans>
      </ButtonLink>
    </Outcome>
  )
}

function NotYet({ right, onAgain }: { right: number; onAgain: () => void }) {
  return (
    <Outcome
      notice={
        <Notice tone="wait" icon={CircleX} announce>
          <Plural
            value={right}
            _0="None of 3 yet. Read once more; then answer again."
            other="# of 3. Read once more; then answer again."
          />
        </Notice>
      }
    >
      <Button variant="primary" size="pad" wide icon={BookOpenCheck} onClick={onAgain}>
        <Trans>Read again</Trans>
      </Button>
    </Outcome>
  )
}

function Outcome({ notice, children }: { notice: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.outcome}>
      {notice}
      {children}
    </div>
  )
}
