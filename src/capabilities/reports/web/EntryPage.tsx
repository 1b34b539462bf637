/**
 * A sheet of paper keyed in: the form of the very version that was printed, for its day. Works without a network, for
 * whoever holds the program; the code alone opens nothing. A sheet that was keyed in before is refused unless it is said
 * that this is another one.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, FileQuestion, TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import type { Device } from '../../../platform/web/store/device.ts'
import { useDevice, useFromDevice } from '../../../platform/web/store/hooks.ts'
import { mayOwn } from '../../programs/owners.ts'
import type { Plan } from '../../progress/plan.ts'
import type { Measure } from '../../sessions/measures.ts'
import { programOf } from '../../sessions/program.ts'
import { sessionView } from '../../sessions/rules.ts'
import { dayIn } from '../language.ts'
import type { Language } from '../records.ts'
import { findSheet, logOfSheet, readCode } from '../sheets/code.ts'
import { keyIn, NOTHING, type Filled, type Sheet, type SheetProblem } from '../sheets/fill.ts'
import { formOf } from '../sheets/form.ts'
import { FormFields } from './FormFields.tsx'
import { plansHere, useMe } from './held.ts'
import styles from './reports.module.css'

export default function EntryPage() {
  const { code } = useScreenParams<'code'>()
  return <Entry code={code} />
}

export function Entry({ code: typed }: { code: string }) {
  const { t, i18n } = useLingui()
  const device = useDevice()
  const me = useMe()
  const lang: Language = i18n.locale === 'es' ? 'es' : 'en'
  const tz = me?.district.tz ?? 'UTC'
  const code = readCode(typed)
  // the plans may still be on their way when the page opens
  const count = useFromDevice((here) => plansHere(here).length)
  const found = useMemo(
    () => (code === null || count === 0 ? null : sheetOf(device, code, tz, lang)),
    [device, code, tz, lang, count],
  )
  if (found && me) return <Keying sheet={found.sheet} title={found.title} lang={lang} />
  return (
    <Page>
      <PageHeader title={t`Key in a sheet`} back="/students" />
      <EmptyState icon={FileQuestion} title={t`No sheet of a student of yours`}>
        <p>
          <Trans>
            Look at the code once more. A sheet can be keyed in by whoever is with its student, on a device
            that holds the program, up to four months after its day.
          </Trans>
        </p>
        <ButtonLink to="/sheet">
          <Trans>Type the code</Trans>
        </ButtonLink>
      </EmptyState>
    </Page>
  )
}

function Keying({ sheet, title, lang }: { sheet: Sheet; title: string; lang: Language }) {
  const { t } = useLingui()
  const device = useDevice()
  const act = useAct()
  const me = useMe()
  const [filled, setFilled] = useState<Filled>(NOTHING)
  const [problems, setProblems] = useState<readonly SheetProblem[]>([])
  const [again, setAgain] = useState(false)
  const [done, setDone] = useState(false)
  const [by, setBy] = useState<Uuid>(device.person)
  const before = useFromDevice((here) => keyedBefore(here, sheet))
  const student = me?.students.find(({ id }) => id === sheet.student)
  const refused = before && !again && !done
  const day = dayIn(lang, sheet.day)

  const keep = () => {
    const now = device.clock.now()
    const id = sheet.form.isLog && !before ? logOfSheet(sheet.version, sheet.day) : uuidv7(now)
    const { drafts, problems: found } = keyIn(sheet, filled, { id, now: new Date(now).toISOString() })
    setProblems(found)
    if (drafts.length === 0) return
    act({
      drafts: by === device.person ? drafts : drafts.map((draft) => ({ ...draft, onBehalfOf: by })),
      said: t`Keyed in`,
      undo: (made) => {
        setDone(false)
        return made.toReversed().map(takenBack)
      },
    })
    setDone(true)
    setAgain(false)
  }

  return (
    <Page>
      <PageHeader
        title={title}
        before={student && <Who initials={student.initials} color={student.color} />}
        subtitle={t`Sheet ${sheet.code}, for ${day}`}
        back="/students/$student"
        backParams={{ student: sheet.student }}
      />
      {done ? (
        <Notice
          tone="ok"
          icon={Check}
          announce
          action={
            <ButtonLink to="/sheet">
              <Trans>Next sheet</Trans>
            </ButtonLink>
          }
        >
          <Trans>
            Keyed in, at the times of the paper and marked as from paper. Shred the sheet, or return it.
          </Trans>
        </Notice>
      ) : (
        <div className={styles.stack}>
          {before && (
            <Notice tone="wait" icon={TriangleAlert}>
              <p>
                <Trans>This sheet was keyed in before.</Trans>
              </p>
              <Switch
                label={t`This is another sheet of the same day`}
                description={t`Both will count. To correct what was keyed in, open it from the goal.`}
                on={again}
                onChange={setAgain}
              />
            </Notice>
          )}
          {!refused && (
            <>
              {student && mayOwn(student.role) && me && (
                <Select
                  label={t`Who recorded it`}
                  options={[me.person, ...me.people.filter(({ id }) => id !== me.person.id)].map(
                    ({ id, name }) => ({ value: id, label: name }),
                  )}
                  value={by}
                  onChange={setBy}
                  placeholder={t`Choose`}
                />
              )}
              <Card className={styles.stack}>
                <FormFields
                  form={sheet.form}
                  filled={filled}
                  lang={lang}
                  onChange={(next) => {
                    setFilled(next)
                    setProblems([])
                  }}
                />
              </Card>
              {problems.length > 0 && <Problems problems={problems} />}
              <Button variant="primary" size="pad" onClick={keep}>
                <Trans>Keep it</Trans>
              </Button>
            </>
          )}
        </div>
      )}
    </Page>
  )
}

function Problems({ problems }: { problems: readonly SheetProblem[] }) {
  const { t } = useLingui()
  const say = (problem: SheetProblem): string => {
    switch (problem.kind) {
      case 'empty':
        return t`Nothing is keyed in yet.`
      case 'span':
        return t`From and to: both times, the end after the beginning, and long enough for what is in between.`
      case 'number':
        return t`${problem.label}: a whole number from 0 to ${problem.max}.`
      case 'more_wrong':
        return t`More are wrong than there are.`
      case 'row':
        return t`Line ${problem.row}: ${problem.label} is missing, or cannot be.`
      case 'row_time':
        return t`Line ${problem.row}: its time does not fit between the line above and the end.`
      case 'future':
        return t`It cannot have happened yet.`
    }
  }
  return (
    <Notice tone="wait" icon={TriangleAlert} announce>
      <ul>
        {problems.map((problem) => (
          <li key={say(problem)}>{say(problem)}</li>
        ))}
      </ul>
    </Notice>
  )
}

function sheetOf(
  device: Device,
  code: string,
  tz: string,
  lang: Language,
): { sheet: Sheet; title: string } | null {
  const versions = plansHere(device).flatMap((plan) =>
    plan.versions.map(({ id, body }) => ({ id, body, plan })),
  )
  const found = findSheet(code, versions, dayOf(device.clock.now(), tz))
  if (!found) return null
  const { id, body, plan } = found.version
  const measure = body.measure as Measure
  const form = formOf(measure, lang)
  if (!form) return null
  const { program, student } = plan
  const condition = conditionOf(device, plan, found.day)
  const sheet = { measure, form, program, version: id, student, condition, day: found.day, tz, code }
  return { sheet, title: body.title }
}

/** The phase that the program was in on the day of the sheet. */
function conditionOf(device: Device, { student, program }: Plan, day: string): Sheet['condition'] {
  const partition = device.partitionOf({ kind: 'sessions.program', student, refs: { program } })
  const phase = partition === null ? null : programOf(device.records(partition), day)?.phase
  return phase?.condition ?? 'intervention'
}

/** Whether records of this very sheet stand on the device. */
function keyedBefore(
  device: Device,
  { form, measure, program, version, student, day, code }: Sheet,
): boolean {
  if (form.isLog) {
    const care = measure.system === 'toileting' || measure.system === 'feeding'
    const kind = care ? 'care.void' : 'behavior.void'
    const partition = device.partitionOf({ kind, student, refs: { log: logOfSheet(version, day), program } })
    return partition !== null && device.settled(partition).live.length > 0
  }
  return device
    .statesOf(sessionView, `program:${program}`)
    .filter(({ state }) => state.day === day && state.flags.includes('from_paper'))
    .some(({ partition }) =>
      device
        .settled(partition)
        .live.some((record) => record.kind === 'sessions.start' && record.body['sheet'] === code),
    )
}

function takenBack({ id, kind, student, refs }: StoredRecord) {
  const { version: _version, ...rest } = refs
  const [capability] = kind.split('.')
  return { kind: `${capability}.void`, body: {}, student, refs: rest, replaces: id, reason: 'mis_tap' }
}
