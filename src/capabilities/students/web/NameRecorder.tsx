/** Records the name as the student or the family says it: a few seconds, small enough to lie on every device. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Mic, Square, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import { ProfileBody } from '../records.ts'
import { SayName } from './SayName.tsx'
import styles from './publish.module.css'

type Sound = NonNullable<ProfileBody['sound']>

/** A voice is understood at this rate; eight seconds are some 16 kB. */
const BITS_A_SECOND = 16_000
const LONGEST_MS = 8000

export function NameRecorder({
  sound,
  onChange,
}: {
  sound: Sound | undefined
  onChange: (sound: Sound | undefined) => void
}) {
  const { t } = useLingui()
  const toasts = useToasts()
  const running = useRef<MediaRecorder | null>(null)
  const [isOn, setOn] = useState(false)
  const record = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_A_SECOND })
      const parts: Blob[] = []
      recorder.ondataavailable = ({ data }) => parts.push(data)
      recorder.onstop = async () => {
        for (const track of stream.getTracks()) track.stop()
        running.current = null
        setOn(false)
        const made = await soundOf(new Blob(parts), recorder.mimeType)
        if (made) onChange(made)
        else toasts.show({ text: t`The recording is too long for every device. Say only the name.` })
      }
      running.current = recorder
      setOn(true)
      recorder.start()
      setTimeout(() => recorder.state === 'recording' && recorder.stop(), LONGEST_MS)
    } catch {
      toasts.show({ text: t`This device gives no microphone. The spelling is enough.` })
    }
  }
  return (
    <div className={styles.recorder}>
      {isOn ? (
        <Button icon={Square} onClick={() => running.current?.stop()}>
          <Trans>Stop</Trans>
        </Button>
      ) : (
        <Button icon={Mic} onClick={() => void record()}>
          {sound ? <Trans>Record the name again</Trans> : <Trans>Record the name</Trans>}
        </Button>
      )}
      {sound && !isOn && (
        <>
          <SayName profile={{ sound, communicates: [], likes: [], equipment: [], people: [] }} />
          <Button icon={Trash2} variant="ghost" onClick={() => onChange(undefined)}>
            <Trans>Remove the recording</Trans>
          </Button>
        </>
      )}
    </div>
  )
}

/** Null: larger than a record may carry, or of a kind that others cannot play. */
async function soundOf(blob: Blob, mime: string): Promise<Sound | null> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  const sound = { type: mime.split(';')[0], data: btoa(text) }
  return ProfileBody.shape.sound.safeParse(sound).data ?? null
}
