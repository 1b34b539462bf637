/**
 * In the inbox of who manages a student's plan: equipment that was not in order when somebody looked last. Read from the
 * device; it is open until somebody finds it in order, here with one tap.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import { useCheck, useOpenToMe } from './hooks.ts'
import { wrongOf } from './words.ts'
import styles from './equipment.module.css'

interface EquipmentOpenProps {
  /** What was looked at already instead: none of it stays here. */
  readonly seen: boolean
  /** What comes below; `some`: there is something here. */
  readonly below: (some: boolean) => ReactNode
}

export default function EquipmentOpen({ seen, below }: EquipmentOpenProps) {
  const { t, i18n } = useLingui()
  const me = meOf(useValue('me'))
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const record = useCheck()
  const all = useOpenToMe(me)
  const open = seen ? [] : all
  return (
    <>
      {open.length > 0 && (
        <section className={styles.open} aria-label={t`Equipment`}>
          <p className={rows.quiet}>
            <Plural
              value={open.length}
              one="# piece of equipment is not in order."
              other="# pieces of equipment are not in order."
            />
          </p>
          <ul className={styles.open}>
            {open.map(({ student, check }) => {
              const by = me?.people.find(({ id }) => id === check.by)?.name ?? t`Somebody of the team`
              return (
                <li key={check.id}>
                  <Card as="article" className={styles.entry}>
                    <Who initials={student.initials} color={student.color} />
                    <div className={styles.words}>
                      <h2>{check.item}</h2>
                      <p>{wrongOf(i18n, check)}</p>
                      <p className={rows.quiet}>
                        {by} · {formats.dateTime(check.at)}
                      </p>
                    </div>
                    <Button
                      icon={Check}
                      onClick={() =>
                        record(student, [{ item: check.item, result: 'ok' }], t`equipment in order`)
                      }
                    >
                      <Trans>In order again</Trans>
                    </Button>
                  </Card>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {below(open.length > 0)}
    </>
  )
}
