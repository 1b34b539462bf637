/** The safety card: what an adult beside the student must know at a glance, at most five lines long (domain F.8). */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, Eye, MessageCircle } from 'lucide-react'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Written } from '../../../platform/web/kit/Written.tsx'
import type { SafetyCard } from './card.ts'
import { Flags } from './Flags.tsx'
import { useMe } from './hooks.ts'
import { exceptionWords, LEVEL, LEVEL_MEANS } from './words.ts'
import styles from './SafetySheet.module.css'

export function SafetySheet({ card: { body, author, at, disputed } }: { card: SafetyCard }) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const by = me?.people.find(({ id }) => id === author)?.name
  const from = formats.dateLong(at)
  const { supervision, exceptions, flags, communicates, lines } = body
  return (
    <Card as="section" emphasis className={styles.sheet} aria-label={t`Safety card`}>
      {disputed && (
        <Notice tone="wait" icon={CircleAlert}>
          <Trans>Two cards contradict each other. Keep to the stricter one and ask the nurse.</Trans>
        </Notice>
      )}
      <div className={styles.level}>
        <Eye size={24} aria-hidden />
        <div>
          <h2>{i18n._(LEVEL[supervision])}</h2>
          <p className={styles.quiet}>{i18n._(LEVEL_MEANS[supervision])}</p>
        </div>
      </div>
      {exceptions.map((one) => (
        <p key={one} className={styles.exception}>
          <CircleAlert size={20} aria-hidden />
          {exceptionWords(i18n, one)}
        </p>
      ))}
      <Flags flags={flags} />
      {lines.length > 0 && (
        <ul className={styles.lines}>
          {lines.map((line) => (
            <Line key={line} text={line} />
          ))}
        </ul>
      )}
      <p className={styles.talks}>
        <MessageCircle size={20} aria-hidden />
        <span>
          <span className={styles.label}>
            <Trans>Communicates</Trans>
          </span>
          <Written>{communicates}</Written>
        </span>
      </p>
      <p className={styles.source}>{by === undefined ? from : `${by}, ${from}`}</p>
    </Card>
  )
}

/** `Do: stay in sight.`: the word before the colon says what kind of line it is. */
function Line({ text }: { text: string }) {
  const [, kind, rest] = /^([^:]{1,14}):\s+(.*)$/s.exec(text) ?? []
  if (kind === undefined || rest === undefined)
    return (
      <li>
        <Written>{text}</Written>
      </li>
    )
  return (
    <li>
      <b>
        <Written>{kind}</Written>
      </b>
      <Written>{rest}</Written>
    </li>
  )
}
