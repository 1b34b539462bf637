/**
 * Substitutes, for who leads the school: who comes today and whom to invite, until when, and the link and its picture to
 * hand over. The link opens once; whoever it was made for sees the students whom the plan of the day gives them, and
 * nobody else. An invitation is ended here, also one that is in use.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CalendarClock, CircleAlert, QrCode, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { dayOf, instantOf } from '../../../platform/core/days.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { ask } from '../../../platform/web/http.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { Invited, Substitutes, type Inviting } from '../wire.ts'
import { ContactsCard } from './ContactsCard.tsx'
import { InviteEnd } from './InviteEnd.tsx'
import { LinkSheet } from './LinkSheet.tsx'
import styles from './invite.module.css'

const MINUTE = 60_000
/** When nothing says when the shift ends. */
const USUAL_END = '15:30'

export default function Invite() {
  const { t } = useLingui()
  const { value: known, status, again } = useOnline(Substitutes, '/api/substitutes')
  return (
    <Page>
      <PageHeader
        title={t`Substitutes`}
        subtitle={t`A way in for today`}
        actions={
          <ButtonLink to="/coverage/hours" icon={CalendarClock}>
            <Trans>Days and hours</Trans>
          </ButtonLink>
        }
      />
      {status === 'offline' && (
        <Notice tone="wait" icon={CircleAlert} announce>
          <Trans>The school’s server does not answer. Inviting needs a connection; try again.</Trans>
        </Notice>
      )}
      {known !== null && <Inviter known={known} again={again} />}
    </Page>
  )
}

interface InviterProps {
  readonly known: Substitutes
  readonly again: () => Promise<void>
}

type Known = Substitutes['substitutes'][number]

function Inviter({ known: { schools, substitutes }, again }: InviterProps) {
  const { t } = useLingui()
  const { district } = useSession()
  const now = useNow(MINUTE)
  const [school, setSchool] = useState(schools[0]?.id ?? null)
  const [time, setTime] = useState(USUAL_END)
  const [given, setGiven] = useState('')
  const [family, setFamily] = useState('')
  const [made, setMade] = useState<(Invited & { readonly name: string }) | null>(null)
  const [ending, setEnding] = useState<Known | null>(null)
  const [failed, setFailed] = useState(false)

  const invite = async (who: Inviting['who'], name: string, until: string) => {
    setFailed(false)
    try {
      const body: Inviting = { id: uuidv7(Date.now()), school: school ?? '', who, until }
      setMade({ ...(await ask(Invited, '/api/invitations', { method: 'POST', body })), name })
      void again()
    } catch {
      setFailed(true)
    }
  }
  const chosenEnd = () => instantOf(dayOf(now, district.tz), time, district.tz)
  return (
    <>
      {schools.length > 1 && (
        <Select
          label={t`School`}
          options={schools.map(({ id, name }) => ({ value: id, label: name }))}
          value={school}
          onChange={setSchool}
          placeholder={t`Choose`}
        />
      )}
      {failed && (
        <Notice tone="wait" icon={CircleAlert} announce>
          <Trans>The invitation was not made. Look at the end of the shift: it must be later today.</Trans>
        </Notice>
      )}
      {substitutes.length > 0 ? (
        <Card flush>
          <ul className={styles.list}>
            {substitutes.map((one) => (
              <li key={one.id}>
                <span className={styles.words}>
                  <strong dir="auto">{one.name}</strong>
                  <Today known={one} />
                </span>
                {one.invitation !== null && (
                  <Button
                    variant="ghost"
                    onClick={() => setEnding(one)}
                    aria-label={t`End the invitation of ${one.name}`}
                  >
                    <Trans>End</Trans>
                  </Button>
                )}
                <Button
                  icon={QrCode}
                  onClick={() => void invite({ person: one.id }, one.name, endOf(one) ?? chosenEnd())}
                  aria-label={t`Invite ${one.name}`}
                >
                  <Trans>Invite</Trans>
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      ) : (
        <EmptyState icon={UserPlus} title={t`No substitute is known here yet`}>
          <p>
            <Trans>They come with the roster, or by their name below.</Trans>
          </p>
        </EmptyState>
      )}
      <Card as="section" className={styles.form} aria-labelledby="somebody-new">
        <h2 id="somebody-new">
          <Trans>Somebody new</Trans>
        </h2>
        <div className={styles.fields}>
          <TextField label={t`First name`} value={given} onChange={setGiven} />
          <TextField label={t`Last name`} value={family} onChange={setFamily} />
          <TextField label={t`End of the shift`} type="time" value={time} onChange={setTime} />
        </div>
        <Button
          icon={QrCode}
          disabled={given.trim() === '' || family.trim() === ''}
          onClick={() =>
            void invite(
              { given: given.trim(), family: family.trim() },
              `${given.trim()} ${family.trim()}`,
              chosenEnd(),
            )
          }
        >
          <Trans>Invite by name</Trans>
        </Button>
      </Card>
      {school !== null && <ContactsCard school={school} />}
      {made && <LinkSheet invited={made} onClose={() => setMade(null)} />}
      {ending?.invitation && (
        <InviteEnd
          name={ending.name}
          invitation={ending.invitation}
          onClose={() => setEnding(null)}
          onDone={() => {
            setEnding(null)
            void again()
          }}
        />
      )}
    </>
  )
}

/** The end of what they cover today, else of the hours that were said; null: nobody knows. */
function endOf({ until, comes }: Known): string | null {
  const end = until ?? comes?.to
  return end === undefined ? null : new Date(end).toISOString()
}

/** Whether they come today, and how far their invitation is. */
function Today({ known: { until, comes, invitation } }: { known: Known }) {
  const { district } = useSession()
  const formats = useFormats(district.tz)
  return (
    <>
      <span className={styles.quiet}>
        {comes && (
          <>
            <Trans>
              comes {formats.clock(comes.from)}–{formats.clock(comes.to)}
            </Trans>
            {' · '}
          </>
        )}
        {until === null ? (
          <Trans>covers nobody yet today</Trans>
        ) : (
          <Trans>covers until {formats.time(until)}</Trans>
        )}
      </span>
      {invitation && (
        <span>
          <Tag tone={invitation.opened === null ? 'wait' : 'ok'}>
            {invitation.opened === null ? (
              <Trans>invited, link not opened yet</Trans>
            ) : (
              <Trans>came in at {formats.time(invitation.opened)}</Trans>
            )}
          </Tag>
        </span>
      )}
    </>
  )
}
