/** The safety card, whole: how near, what to see, do and call, how they communicate, who wrote it and when. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Eye, MessageCircle } from 'lucide-react'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import type { Me, MyStudent } from '../model.ts'
import type { SafetyCard } from './hooks.ts'
import { exceptionText, FLAGS, levelMeaning, levelName } from './safety-words.ts'
import styles from './SafetySheet.module.css'

export interface SafetySheetProps {
  readonly student: MyStudent
  readonly card: SafetyCard | null
  readonly me: Me
  readonly onClose: () => void
}

export function SafetySheet({ student, card, me, onClose }: SafetySheetProps) {
  const { t } = useLingui()
  const { initials } = student
  return (
    <Dialog open onClose={onClose} title={t`${initials} · Safety`}>
      {card ? (
        <Facts student={student} card={card} me={me} />
      ) : (
        <p>
          <Trans>
            There is no safety card of this student on this device. The nurse or the case manager writes it:
            ask before you are alone with the student.
          </Trans>
        </p>
      )}
    </Dialog>
  )
}

function Facts({ student, card: { body, record }, me }: { student: MyStudent; card: SafetyCard; me: Me }) {
  const { i18n } = useLingui()
  const formats = useFormats(me.district.tz)
  const day = formats.dateShort(record.at)
  const author = me.people.find((one) => one.id === record.author)?.name
  return (
    <>
      <div className={styles.level}>
        <Who initials={student.initials} color={student.color} size="l" />
        <div>
          <p className={styles.name}>
            <Eye size={20} aria-hidden />
            {levelName(i18n, body.supervision)}
          </p>
          <p className={styles.means}>{levelMeaning(i18n, body.supervision)}</p>
        </div>
      </div>
      {body.exceptions.length > 0 && (
        <ul className={styles.exceptions}>
          {body.exceptions.map((exception) => (
            <li key={exception}>{exceptionText(i18n, exception)}</li>
          ))}
        </ul>
      )}
      {body.flags.length > 0 && (
        <p className={styles.tags}>
          {body.flags.map((flag) => (
            <Tag key={flag} tone={FLAGS[flag].tone} icon={FLAGS[flag].icon}>
              {i18n._(FLAGS[flag].name)}
            </Tag>
          ))}
        </p>
      )}
      {body.lines.length > 0 && (
        <ul className={styles.lines}>
          {body.lines.map((line) => (
            <Line key={line} line={line} />
          ))}
        </ul>
      )}
      <p className={styles.communicates}>
        <MessageCircle size={18} aria-hidden />
        <span>
          <Trans>
            Communicates: <strong>{body.communicates}</strong>
          </Trans>
        </span>
      </p>
      <p className={styles.source}>
        {author ? (
          <Trans>
            Card of {day}, by {author}
          </Trans>
        ) : (
          <Trans>Card of {day}</Trans>
        )}
      </p>
    </>
  )
}

/** “Call: the nurse” stands with its first word large, so that the eye finds it. */
function Line({ line }: { line: string }) {
  const [, lead, rest] = /^([^:]{1,16}):\s*(.+)$/.exec(line) ?? []
  return (
    <li>
      {lead === undefined ? (
        <span className={styles.plain}>{line}</span>
      ) : (
        <>
          <strong>{lead}</strong>
          <span>{rest}</span>
        </>
      )}
    </li>
  )
}
