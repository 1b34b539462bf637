/** Two versions from one start: both are shown with who made them; the owner goes on from one (semantics 2.6). */
import { Trans, useLingui } from '@lingui/react/macro'
import { Split } from 'lucide-react'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import type { Draft } from '../../../platform/web/store/draft.ts'
import { changesOf } from '../diff.ts'
import type { Version } from '../history.ts'
import { Changes } from './Changes.tsx'
import { useMe, type Subject } from './useMine.ts'
import styles from './builder.module.css'

export function Conflict({
  subject,
  standing,
  rivals,
}: {
  subject: Subject
  standing: Version
  rivals: readonly Version[]
}) {
  const { t } = useLingui()
  const act = useAct()
  const me = useMe()
  const days = useFormats('UTC')
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const both = [standing, ...rivals]
  // of one person, from two devices or two pages: no name tells them apart
  const isOnes = new Set(both.map(({ author }) => author)).size < both.length
  const keep = (version: Version) => {
    const number = standing.body.number + 1
    const body = { ...version.body, number }
    const again = {
      kind: 'sessions.program',
      body: JSON.parse(JSON.stringify(body)) as Draft['body'],
      student: subject.student.id,
      refs: { program: subject.program, base: version.id },
    }
    act({ drafts: [again], said: t`Version ${number} is published.` })
  }
  return (
    <Card as="section" className={styles.conflict} aria-labelledby="conflict-title">
      <h2 id="conflict-title">
        <Split size={20} aria-hidden />
        <Trans>Two versions were published from one start</Trans>
      </h2>
      <p>
        <Trans>
          Both are kept. Sessions run under the later one until you choose. What you choose is published
          again, as the next version; change it from there.
        </Trans>
      </p>
      <div className={styles.two}>
        {both.map((version) => {
          const number = version.body.number
          const author = me?.people.find(({ id }) => id === version.author)?.name ?? ''
          const day = days.dateLong(`${version.day}T12:00:00Z`)
          const time = version.received === null ? t`not sent yet` : formats.time(version.received)
          return (
            <div key={version.id}>
              <h3>
                <Trans>
                  Version {number} by {author}
                </Trans>
              </h3>
              <p className={styles.quiet}>
                {day}, {time}
                {version === standing && ` · ${t`in use now`}`}
              </p>
              <Button onClick={() => keep(version)}>
                {!isOnes ? (
                  <Trans>Keep the one by {author}</Trans>
                ) : version === standing ? (
                  <Trans>Keep the one in use now</Trans>
                ) : (
                  <Trans>
                    Keep the other one ({day}, {time})
                  </Trans>
                )}
              </Button>
            </div>
          )
        })}
      </div>
      {rivals[0] && (
        <>
          <p className={styles.quiet}>
            <Trans>Struck out is what the other one says, marked what the one in use now says.</Trans>
          </p>
          <Changes
            changes={changesOf(rivals[0].body, standing.body)}
            before={rivals[0].body}
            after={standing.body}
          />
        </>
      )}
    </Card>
  )
}
