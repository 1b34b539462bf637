/** Choosing files of this device: the browser's own control, under a button and a name in the words of the app. */
import { Trans } from '@lingui/react/macro'
import { useId } from 'react'
import { buttonClass } from '../kit/Button.tsx'
import { cx } from '../kit/cx.ts'
import styles from './FilePick.module.css'
import { VisuallyHidden } from '../kit/VisuallyHidden.tsx'

interface FilePickProps {
  label: string
  /** Where a heading beside it already says what the files are. */
  hideLabel?: boolean | undefined
  accept: string
  multiple?: boolean | undefined
  disabled?: boolean | undefined
  /** Names of what is chosen. */
  chosen: readonly string[]
  onChoose: (files: readonly File[]) => void
}

/** A labelled file input. The same file may be chosen again once it is mended. */
export function FilePick({ label, hideLabel, accept, multiple, disabled, chosen, onChoose }: FilePickProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      {hideLabel ? (
        <VisuallyHidden>
          <span id={`${id}label`}>{label}</span>
        </VisuallyHidden>
      ) : (
        <span id={`${id}label`} className={styles.label}>
          {label}
        </span>
      )}
      <div className={styles.row}>
        <span className={cx(buttonClass({}), styles.button)}>
          <span id={`${id}act`}>{multiple ? <Trans>Choose files</Trans> : <Trans>Choose a file</Trans>}</span>
          <input
            type="file"
            className={styles.input}
            aria-labelledby={`${id}label ${id}act`}
            aria-describedby={chosen.length > 0 ? `${id}chosen` : undefined}
            accept={accept}
            multiple={multiple}
            disabled={disabled}
            onChange={({ target }) => {
              const files = [...(target.files ?? [])]
              target.value = ''
              if (files.length > 0) onChoose(files)
            }}
          />
        </span>
        {chosen.length > 0 && (
          <span id={`${id}chosen`} className={styles.chosen}>
            {chosen.join(', ')}
          </span>
        )}
      </div>
    </div>
  )
}
