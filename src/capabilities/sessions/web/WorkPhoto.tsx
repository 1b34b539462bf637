/**
 * A photo of finished work, taken in the app: it goes from the camera into the record and nowhere else, so no gallery
 * keeps it (domain N.6). Only where the family agreed, and never where people wash or change.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Camera, CameraOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { isPrivatePlace, jpegOf } from './photo.ts'
import styles from './WorkPhoto.module.css'

export interface WorkPhotoProps {
  /** The family agreed to photos as records of instruction. */
  readonly isAllowed: boolean
  /** Where the block is. */
  readonly place: string
  /** Base64 of a JPEG that fits a record. */
  readonly onPhoto: (jpeg: string) => void
}

export function WorkPhoto({ isAllowed, place, onPhoto }: WorkPhotoProps) {
  const [open, setOpen] = useState(false)
  if (!isAllowed)
    return (
      <p className={styles.none}>
        <CameraOff size={16} aria-hidden />
        <Trans>No photos: the family has not agreed</Trans>
      </p>
    )
  if (isPrivatePlace(place))
    return (
      <p className={styles.none}>
        <CameraOff size={16} aria-hidden />
        <Trans>No photos in this place</Trans>
      </p>
    )
  return (
    <>
      <Button icon={Camera} onClick={() => setOpen(true)}>
        <Trans>Photo of the work</Trans>
      </Button>
      {open && <Finder onPhoto={onPhoto} onClose={() => setOpen(false)} />}
    </>
  )
}

function Finder({ onPhoto, onClose }: { onPhoto: (jpeg: string) => void; onClose: () => void }) {
  const { t } = useLingui()
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'opening' | 'ready' | 'none' | 'too_large'>('opening')
  useEffect(() => {
    let stream: MediaStream | null = null
    let isLeft = false
    const stop = () => stream?.getTracks().forEach((track) => track.stop())
    const open = async () => {
      const got = await navigator.mediaDevices
        ?.getUserMedia({ audio: false, video: { facingMode: 'environment', width: { ideal: 1280 } } })
        .catch(() => null)
      stream = got ?? null
      if (isLeft) return stop()
      if (!stream || !video.current) return setState('none')
      video.current.srcObject = stream
      video.current.play().catch(() => undefined)
    }
    void open()
    return () => {
      isLeft = true
      stop()
    }
  }, [])
  const take = () => {
    const jpeg = video.current ? jpegOf(video.current) : null
    if (jpeg === null) return setState('too_large')
    onPhoto(jpeg)
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Photo of the work`}
      actions={
        <Button variant="primary" size="pad" icon={Camera} disabled={state !== 'ready'} onClick={take}>
          <Trans>Take it</Trans>
        </Button>
      }
    >
      <p className={styles.lead}>
        {state === 'none' ? (
          <Trans>The camera cannot be opened. Allow it in the browser, or go on without a photo.</Trans>
        ) : state === 'too_large' ? (
          <Trans>This picture has too much in it for a record. Come closer to the work.</Trans>
        ) : (
          <Trans>Only the work: no face, no name. It is kept with the session and nowhere else.</Trans>
        )}
      </p>
      <video
        ref={video}
        className={styles.finder}
        muted
        playsInline
        aria-label={t`What the camera sees`}
        onLoadedData={() => setState('ready')}
      />
    </Dialog>
  )
}
