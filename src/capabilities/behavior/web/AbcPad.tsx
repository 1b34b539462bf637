/**
 * An ABC record (domain C14, C.4): what was there before, what happened, what came after, in the codes of the field.
 * Facts only; what it was for is asked only where the program says so. A typical one is five taps.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { NotebookPen } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import type { LogPadProps } from '../../sessions/log-pad.ts'
import { AbcSheet } from './AbcSheet.tsx'
import { useBehaviorLog } from './log.ts'
import { wordOfBehavior } from './words.ts'
import styles from './Behavior.module.css'

export default function AbcPad({ program, initials, setting, day, log: second, onDone }: LogPadProps) {
  const { i18n } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const log = useBehaviorLog(program, day, second)
  const [open, setOpen] = useState(false)
  const { measure } = program.body
  if (measure.system !== 'abc') return null
  const sheet = (onClose: () => void) => (
    <AbcSheet
      measure={measure}
      initials={initials}
      setting={setting}
      onClose={onClose}
      onKeep={(body, said) => log.add('abc', body, said)}
    />
  )
  if (onDone) return sheet(onDone)
  const entries = log.entries.filter((entry) => entry.noun === 'abc')
  const last = entries.at(-1)
  return (
    <div className={styles.pad}>
      <Button variant="primary" size="pad" wide icon={NotebookPen} onClick={() => setOpen(true)}>
        <Trans>What happened</Trans>
      </Button>
      <p className={styles.figures}>
        {last ? (
          <>
            <Plural value={entries.length} one="# today" other="# today" />
            {' · '}
            <Trans>
              last at {formats.time(last.at)}: {wordOfBehavior(i18n, last.behavior, measure.behaviors)}
            </Trans>
          </>
        ) : (
          <Trans>None recorded today on this device.</Trans>
        )}
      </p>
      {open && sheet(() => setOpen(false))}
    </div>
  )
}
