/**
 * A question or a small form over the screen: a sheet from below on a phone, a box in the middle on a wide screen.
 * The focus goes in, stays in, and returns to where it came from; Escape and a press outside close it.
 * Not for what can be undone: that needs no dialog.
 */
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { IconButton } from './Button.tsx'
import styles from './Dialog.module.css'

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode
  /** `alertdialog` when an answer is needed before going on; a press outside then does not close it. */
  role?: 'dialog' | 'alertdialog' | undefined
  children: ReactNode
}

export function Dialog({ open, onClose, title, actions, role = 'dialog', children }: DialogProps) {
  const { t } = useLingui()
  return (
    <ModalOverlay
      className={styles.backdrop ?? ''}
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable={role === 'dialog'}
    >
      <Modal className={styles.modal ?? ''}>
        <AriaDialog className={styles.dialog ?? ''} role={role}>
          <div className={styles.head}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            <IconButton icon={X} label={t`Close`} onClick={onClose} />
          </div>
          <div className={styles.body}>{children}</div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
