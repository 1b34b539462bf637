/** How the name is said: a spelling that anybody can read aloud, and the name spoken where it was recorded. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Volume2 } from 'lucide-react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import type { ProfileBody } from '../records.ts'
import styles from './plans.module.css'

export function SayName({ profile }: { profile: ProfileBody }) {
  const { t } = useLingui()
  const toasts = useToasts()
  const { say, sound } = profile
  if (say === undefined && sound === undefined) return null
  const hear = async () => {
    try {
      await play(sound?.data ?? '')
    } catch {
      toasts.show({ text: t`This device cannot play the recording.` })
    }
  }
  return (
    <section className={styles.say} aria-label={t`How to say the name`}>
      {say !== undefined && (
        <p>
          <span className={styles.label}>
            <Trans>Say</Trans>
          </span>{' '}
          <strong>{say}</strong>
        </p>
      )}
      {sound && (
        <Button icon={Volume2} onClick={() => void hear()}>
          <Trans>Hear the name</Trans>
        </Button>
      )}
    </section>
  )
}

/** Decoded here: the page's policy lets no address be played, not even one of its own. */
async function play(base64: string): Promise<void> {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const context = new AudioContext()
  const source = context.createBufferSource()
  source.buffer = await context.decodeAudioData(bytes.buffer)
  source.connect(context.destination)
  source.onended = () => void context.close()
  source.start()
}
