/**
 * What care asks the nurse to look at, as a part of the inbox. The list names nobody and says nothing of what it is; that
 * is told when one of them is opened, and the school's trail says who opened it.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { HeartHandshake } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import { Concerns } from '../wire.ts'
import { ConcernSheet } from './ConcernSheet.tsx'
import { SeenBy } from './SeenBy.tsx'
import styles from './Concerns.module.css'

interface ConcernsPanelProps {
  /** Those that I have seen instead of those that wait. */
  readonly seen: boolean
  /** What stands here while there is none. */
  readonly empty: ReactNode
}

export default function ConcernsPanel({ seen, empty }: ConcernsPanelProps) {
  const { t } = useLingui()
  const { value, status, again } = useOnline(Concerns, `/api/care/concerns?seen=${seen}`)
  const [open, setOpen] = useState<string | null>(null)
  const formats = useFormats(meOf(useValue('me'))?.district.tz ?? 'UTC')
  const concerns = value?.concerns ?? []
  return (
    <>
      {concerns.length === 0 ? (
        status !== 'asking' && empty
      ) : (
        <section className={styles.list} aria-label={t`From care`}>
          {!seen && (
            <p className={styles.quiet}>
              <Plural
                value={concerns.length}
                one="# thing was marked for the nurse and you to look at."
                other="# things were marked for the nurse and you to look at."
              />
            </p>
          )}
          <ul className={styles.list}>
            {concerns.map((one) => (
              <li key={one.id}>
                <Card as="article" className={styles.row}>
                  <HeartHandshake size={24} aria-hidden />
                  <div className={styles.words}>
                    <h2>
                      <Trans>Marked during care</Trans>
                    </h2>
                    <p className={styles.quiet}>{formats.dateTime(one.at)}</p>
                    <SeenBy seen={one.seen} />
                  </div>
                  <Button onClick={() => setOpen(one.id)}>
                    <Trans>Open</Trans>
                  </Button>
                </Card>
              </li>
            ))}
          </ul>
        </section>
      )}
      {open !== null && (
        <ConcernSheet
          id={open}
          seen={seen}
          onClose={() => setOpen(null)}
          onSeen={async () => {
            await again()
            setOpen(null)
          }}
        />
      )}
    </>
  )
}
