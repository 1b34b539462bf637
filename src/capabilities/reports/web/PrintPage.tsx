/** Blank data sheets for a day: which of a student's programs, in which language. Sheets of personal care are their own choice. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Printer, WifiOff } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useConnection, useDevice } from '../../../platform/web/store/hooks.ts'
import type { Measure } from '../../sessions/measures.ts'
import type { Language } from '../records.ts'
import { formOf } from '../sheets/form.ts'
import { useGoals, useStudent } from './held.ts'
import { PaperLink } from './PaperLink.tsx'
import styles from './reports.module.css'

export default function PrintPage() {
  const { student } = useScreenParams<'student'>()
  return <PrintSheets student={student} />
}

export function PrintSheets({ student }: { student: string }) {
  const { t, i18n } = useLingui()
  const held = useStudent(student)
  const goals = useGoals(student)
  const device = useDevice()
  const connection = useConnection()
  const [day, setDay] = useState(() => dayOf(device.clock.now(), held?.me.district.tz ?? 'UTC'))
  const [lang, setLang] = useState<Language>(i18n.locale === 'es' ? 'es' : 'en')
  const [chosen, choose] = useState<Readonly<Record<string, boolean>>>({})
  const sheets = goals.flatMap(({ program, version: { body } }) => {
    const form = formOf(body.measure as Measure, lang)
    return form ? [{ program, title: body.title, isPrivate: form.isPrivate }] : []
  })
  const isOn = ({ program, isPrivate }: (typeof sheets)[number]) => chosen[program] ?? !isPrivate
  const programs = sheets.filter(isOn).map(({ program }) => program)
  if (!held)
    return (
      <Page>
        <PageHeader title={t`Data sheets`} back="/students" />
        <EmptyState icon={Printer} title={t`Data sheets`}>
          <p>
            <Trans>Nothing of this student is on this device.</Trans>
          </p>
        </EmptyState>
      </Page>
    )
  return (
    <Page>
      <PageHeader
        title={t`Data sheets`}
        before={<Who initials={held.student.initials} color={held.student.color} />}
        subtitle={t`One a program, to fill in by hand and key in later`}
        back="/students/$student"
        backParams={{ student }}
      />
      <div className={styles.stack}>
        <Card className={styles.stack}>
          <div className={styles.row}>
            <TextField
              label={t`For the day`}
              type="date"
              value={day}
              onChange={(next) => next !== '' && setDay(next)}
            />
          </div>
          <Choice
            legend={t`Language on paper`}
            options={[
              { value: 'en', label: 'English', lang: 'en' },
              { value: 'es', label: 'Español', lang: 'es' },
            ]}
            value={lang}
            onChange={setLang}
          />
        </Card>
        <Card>
          {sheets.map((sheet) => (
            <Switch
              key={sheet.program}
              label={sheet.title}
              description={sheet.isPrivate ? t`Personal care: printed apart, to be kept covered` : undefined}
              on={isOn(sheet)}
              onChange={(on) => choose({ ...chosen, [sheet.program]: on })}
            />
          ))}
        </Card>
        {connection !== 'online' && (
          <Notice tone="wait" icon={WifiOff}>
            <Trans>Printing needs the network. What was printed before can be keyed in without it.</Trans>
          </Notice>
        )}
        {programs.length > 0 && (
          <div className={styles.actions}>
            <PaperLink href={`/api/sheets.pdf?programs=${programs.join(',')}&day=${day}&lang=${lang}`} />
          </div>
        )}
      </div>
    </Page>
  )
}
