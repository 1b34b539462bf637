/**
 * What the student sees: two symbols and how long it still takes. No name, no goal, no number of anybody's (domain C.0
 * rule 11); it covers the whole screen, since other children's cards lie under it.
 */
import { useLingui } from '@lingui/react/macro'
import { Check, X } from 'lucide-react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { IconButton } from '../../../platform/web/kit/Button.tsx'
import { Ring } from '../../../platform/web/kit/Ring.tsx'
import styles from './StudentView.module.css'

export interface StudentViewProps {
  /** A mark is wanted now. */
  readonly isAsked: boolean
  readonly left: number
  readonly of: number
  readonly onMark: (code: '1' | '0') => void
  readonly onClose: () => void
}

export function StudentView({ isAsked, left, of, onMark, onClose }: StudentViewProps) {
  const { t } = useLingui()
  return (
    <ModalOverlay className={styles.cover ?? ''} isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal className={styles.modal ?? ''}>
        <Dialog className={styles.screen ?? ''} aria-label={t`Your mark`}>
          <div className={styles.head}>
            <Ring left={left} of={of} due={isAsked} />
            <IconButton icon={X} label={t`Back to the adult`} onClick={onClose} />
          </div>
          <div className={styles.keys}>
            <button
              type="button"
              className={styles.yes}
              aria-label={t`Yes`}
              disabled={!isAsked}
              onClick={() => onMark('1')}
            >
              <Check aria-hidden />
            </button>
            <button
              type="button"
              className={styles.no}
              aria-label={t`Not yet`}
              disabled={!isAsked}
              onClick={() => onMark('0')}
            >
              <X aria-hidden />
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
