/** A newer version is on the device: offered quietly, taken when the person asks, never while a session runs. */
import { Trans } from '@lingui/react/macro'
import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../kit/Button.tsx'
import { startNewVersion, useNewVersion } from '../worker/update.ts'
import styles from './NewVersion.module.css'

export function NewVersion() {
  const offered = useNewVersion()
  const [held, setHeld] = useState(false)
  if (!offered) return null
  return (
    <div className={styles.offer}>
      <Button
        icon={Sparkles}
        variant="ghost"
        onClick={() => {
          void startNewVersion().then((started) => setHeld(!started))
        }}
      >
        <Trans>New version</Trans>
      </Button>
      <p role="status" className={styles.words}>
        {held && <Trans>A session is running on this device. Finish it first, then try again.</Trans>}
      </p>
    </div>
  )
}
