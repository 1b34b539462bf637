/**
 * Stop the meal, call the nurse. It covers the screen and nothing closes it but two acts of their own: saying that the
 * nurse was called, and leaving. What was seen is recorded with the first tap on it.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { OctagonX, PhoneCall } from 'lucide-react'
import { useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Chips } from '../../../platform/web/kit/Chips.tsx'
import type { FeedingBody } from '../records.ts'
import { SAFETY } from './words.ts'
import styles from './Care.module.css'

type Sign = FeedingBody['safety'][number]

export interface StopCardProps {
  readonly initials: string
  /** Records what was seen, in the place of what was recorded before; gives the id of the record. */
  readonly onSeen: (safety: readonly Sign[], before: string | null) => string | null
  /** The record that stands, and what it says was seen. */
  readonly onDone: (record: string | null, seen: FeedingBody['safety']) => void
}

export function StopCard({ initials, onSeen, onDone }: StopCardProps) {
  const { t, i18n } = useLingui()
  const [seen, setSeen] = useState<readonly Sign[]>([])
  const [record, setRecord] = useState<string | null>(null)
  const [isCalled, setCalled] = useState(false)
  const signs = Object.keys(SAFETY) as Sign[]
  return (
    <ModalOverlay className={styles.cover ?? ''} isOpen isKeyboardDismissDisabled>
      <Modal className={styles.whole ?? ''}>
        <Dialog className={styles.stop ?? ''} role="alertdialog" aria-label={t`Stop the meal`}>
          <h2 className={styles.stopTitle}>
            <OctagonX size={40} aria-hidden />
            <Trans>Stop the meal. Call the nurse.</Trans>
          </h2>
          <p>
            <Trans>
              {initials}: no more food or drink. Stay with the student, follow the plan on the wall card, and
              call the nurse now.
            </Trans>
          </p>
          <Chips
            legend={t`What was seen`}
            options={signs.map((value) => ({ value, label: i18n._(SAFETY[value]) }))}
            chosen={seen}
            onChange={(next) => {
              setSeen(next)
              if (next.length > 0) setRecord(onSeen(next, record))
            }}
          />
          <div className={styles.stopActs}>
            <label className={styles.called}>
              <input type="checkbox" checked={isCalled} onChange={() => setCalled(!isCalled)} />
              <PhoneCall size={20} aria-hidden />
              <Trans>The nurse has been called</Trans>
            </label>
            <Button
              size="pad"
              wide
              disabled={!isCalled || seen.length === 0}
              onClick={() => onDone(record, [...seen])}
            >
              <Trans>Leave this card</Trans>
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
