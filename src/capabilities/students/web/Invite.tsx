/**
 * Substitutes, for who leads the school: whom to invite today, until when, and the link and its picture to hand over. The
 * link opens once; whoever it was made for sees the students whom the plan of the day gives them, and nobody else.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, QrCode, UserPlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { dayOf, instantOf } from '../../../platform/core/days.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { ask } from '../../../platform/web/http.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { Invited, Substitutes, type Inviting } from '../wire.ts'
import { LinkSheet } from './LinkSheet.tsx'
import styles from './invite.module.css'

const MINUTE = 60_000
/** When nothing says when the shift ends. */
const USUAL_END = '15:30'

export default function Invite() {
  const { t } = useLingui()
  const [known, setKnown] = useState<Substitutes | 'away' | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    ask(Substitutes, '/api/substitutes', { signal: stop.signal }).then(setKnown, () => {
      if (!stop.signal.aborted) setKnown('away')
    })
    return () => stop.abort()
  }, [])
  return (
    <Page>
      <PageHeader title={t`Substitutes`} subtitle={t`A way in for today`} />
      {known === 'away' && (
        <Notice tone="wait" icon={CircleAlert} announce>
          <Trans>The school’s server does not answer. Inviting needs a connection; try again.</Trans>
        </Notice>
      )}
      {known !== null && known !== 'away' && <Inviter known={known} />}
    </Page>
  )
}

function Inviter({ known: { schools, substitutes } }: { known: Substitutes }) {
  const { t } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const now = useNow(MINUTE)
  const [school, setSchool] = useState(schools[0]?.id ?? null)
  const [time, setTime] = useState(USUAL_END)
  const [given, setGiven] = useState('')
  const [family, setFamily] = useState('')
  const [made, setMade] = useState<(Invited & { readonly name: string }) | null>(null)
  const [failed, setFailed] = useState(false)

  const invite = async (who: Inviting['who'], name: string, until: string) => {
    setFailed(false)
    try {
      const body: Inviting = { id: uuidv7(Date.now()), school: school ?? '', who, until }
      setMade({ ...(await ask(Invited, '/api/invitations', { method: 'POST', body })), name })
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
            {substitutes.map(({ id, name, until }) => {
              const end = until === null ? '' : formats.time(until)
              return (
                <li key={id}>
                  <span className={styles.words}>
                    <strong>{name}</strong>
                    <span className={styles.quiet}>
                      {until === null ? t`covers nobody yet today` : t`covers until ${end}`}
                    </span>
                  </span>
                  <Button
                    icon={QrCode}
                    onClick={() =>
                      void invite(
                        { person: id },
                        name,
                        until === null ? chosenEnd() : new Date(until).toISOString(),
                      )
                    }
                    aria-label={t`Invite ${name}`}
                  >
                    <Trans>Invite</Trans>
                  </Button>
                </li>
              )
            })}
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
      {made && <LinkSheet invited={made} onClose={() => setMade(null)} />}
    </>
  )
}
