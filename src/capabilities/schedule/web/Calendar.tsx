/**
 * The calendar of a school, for who keeps it: a month with day types, days that run otherwise and closed days; the bells;
 * the posts; a file taken in. Each change is looked at before it is saved: what it leaves without its place is said first.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Bell, ChevronLeft, ChevronRight, CloudOff, FileUp, Repeat, Unplug } from 'lucide-react'
import { useState } from 'react'
import { addDays, dayOf, weekday, type Day } from '../../../platform/core/days.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { CalendarPage, SchoolList } from '../wire.ts'
import { CalendarBellSheet } from './CalendarBellSheet.tsx'
import { CalendarDaySheet } from './CalendarDaySheet.tsx'
import { CalendarFocus } from './CalendarFocus.tsx'
import { CalendarImportSheet } from './CalendarImportSheet.tsx'
import { CalendarPosts } from './CalendarPosts.tsx'
import { CalendarRotationSheet } from './CalendarRotationSheet.tsx'
import { variantName } from './calendar-words.ts'
import styles from './Calendar.module.css'

const MINUTE = 60_000
type Sheet = { readonly is: 'day'; readonly day: Day } | { readonly is: 'bell' | 'import' | 'rotation' }

export default function Calendar() {
  const { t, i18n } = useLingui()
  const { district } = useSession()
  const today = dayOf(useNow(MINUTE), district.tz)
  const [month, setMonth] = useState(`${today.slice(0, 7)}-01`)
  const [chosen, setChosen] = useState<string | null>(null)
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const schools = useOnline(SchoolList, '/api/schools')
  const school = chosen ?? schools.value?.schools[0]?.id ?? null
  const last = addDays(nextMonth(month), -1)
  const { value, status, again } = useOnline(
    CalendarPage,
    school === null ? null : `/api/schools/${school}/calendar?from=${month}&to=${last}`,
  )
  const done = () => {
    setSheet(null)
    void again()
  }
  const step = (by: 1 | -1) => setMonth(by === 1 ? nextMonth(month) : `${addDays(month, -1).slice(0, 7)}-01`)
  return (
    <Page width="wide">
      <PageHeader title={t`Calendar`} subtitle={value?.school.name} />
      {(schools.value?.schools.length ?? 0) > 1 && school !== null && (
        <Choice
          legend={t`School`}
          options={(schools.value?.schools ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={school}
          onChange={setChosen}
        />
      )}
      {status === 'offline' && value && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. This is what was last read.</Trans>
        </Notice>
      )}
      {status === 'offline' && !value && (
        <EmptyState icon={Unplug} title={t`No connection right now`}>
          <p>
            <Trans>The calendar is read from the school’s server.</Trans>
          </p>
        </EmptyState>
      )}
      <div className={styles.head}>
        <IconButton icon={ChevronLeft} label={t`Month before`} onClick={() => step(-1)} />
        <h2 aria-live="polite">{monthName(month, i18n.locale)}</h2>
        <IconButton icon={ChevronRight} label={t`Month after`} onClick={() => step(1)} />
        <span className={styles.grow} />
        <Button icon={Bell} disabled={!value} onClick={() => setSheet({ is: 'bell' })}>
          <Trans>Bells</Trans>
        </Button>
        <Button icon={Repeat} disabled={!value} onClick={() => setSheet({ is: 'rotation' })}>
          <Trans>Day types</Trans>
        </Button>
        <Button icon={FileUp} disabled={!value} onClick={() => setSheet({ is: 'import' })}>
          <Trans>Take in a file</Trans>
        </Button>
      </div>
      {value && <Month page={value} month={month} onDay={(day) => setSheet({ is: 'day', day })} />}
      {value && <CalendarFocus page={value} onDone={done} />}
      {value && <CalendarPosts page={value} onDone={done} />}
      {value && sheet?.is === 'day' && (
        <CalendarDaySheet page={value} day={sheet.day} onClose={() => setSheet(null)} onDone={done} />
      )}
      {value && sheet?.is === 'bell' && (
        <CalendarBellSheet page={value} onClose={() => setSheet(null)} onDone={done} />
      )}
      {value && sheet?.is === 'rotation' && (
        <CalendarRotationSheet page={value} onClose={() => setSheet(null)} onDone={done} />
      )}
      {value && sheet?.is === 'import' && (
        <CalendarImportSheet page={value} onClose={() => setSheet(null)} onDone={done} />
      )}
    </Page>
  )
}

/** The weeks of a month, Monday first; on a phone a list of its days. */
function Month({ page, month, onDay }: { page: CalendarPage; month: Day; onDay: (day: Day) => void }) {
  const { i18n, t } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const days: Day[] = []
  for (let day = month; day < nextMonth(month); day = addDays(day, 1)) if (weekday(day) <= 5) days.push(day)
  return (
    <div>
      <div className={styles.weekdays} aria-hidden>
        {WEEK.map((day) => (
          <span key={day}>{formats.weekday(noon(day))}</span>
        ))}
      </div>
      <ul className={styles.month} aria-label={t`Days`}>
        {days.map((day, n) => {
          const open = page.days.find((one) => one.day === day)
          const events = page.events.filter((one) => one.day <= day && day <= one.to)
          const closed = events.find(({ kind }) => kind === 'closed')
          return (
            <li key={day} style={n === 0 ? { gridColumnStart: weekday(day) } : undefined}>
              <button
                type="button"
                className={styles.day}
                data-open={open !== undefined}
                data-today={day === page.today}
                aria-current={day === page.today ? 'date' : undefined}
                onClick={() => onDay(day)}
              >
                <span className={styles.date}>
                  <span className={styles.weekday}>{formats.weekday(noon(day)).slice(0, 3)}</span>{' '}
                  {Number(day.slice(8))}
                </span>
                {open ? (
                  <span className={styles.type}>{open.type}</span>
                ) : (
                  <span className={styles.closed}>{closed?.title || t`Closed`}</span>
                )}
                {open && open.variant !== 'regular' && (
                  <span className={styles.variant}>{variantName(i18n, open.variant)}</span>
                )}
                {events
                  .filter(({ kind }) => kind === 'event')
                  .slice(0, 2)
                  .map((event) => (
                    <span key={event.id} className={styles.event}>
                      {event.title}
                    </span>
                  ))}
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Any Monday to Friday. */
const WEEK: readonly Day[] = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06']

/** An instant on that day, wherever the school is in the Americas or in Europe. */
const noon = (day: Day) => `${day}T17:00:00Z`

function nextMonth(month: Day): Day {
  return `${addDays(month, 31).slice(0, 7)}-01`
}

function monthName(month: Day, locale: string): string {
  const name = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return name.format(new Date(`${month}T12:00:00Z`))
}
