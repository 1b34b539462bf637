/**
 * Photos of finished work in one session: drawn when they are asked for, one by one, and only while the family agrees
 * to photos as records of instruction (domain N.6). They are in the records that this device holds and nowhere else.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CameraOff, Image } from 'lucide-react'
import { useState } from 'react'
import { settle } from '../../../platform/records/settle.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { useFromDevice, useRecords } from '../../../platform/web/store/hooks.ts'
import { PhotoBody } from '../../sessions/records.ts'
import { consentOf } from '../../students/consent.ts'
import styles from './Photos.module.css'

export function Photos({ student, partition, tz }: { student: string; partition: string; tz: string }) {
  const { t } = useLingui()
  const formats = useFormats(tz)
  const [opened, setOpened] = useState<string | null>(null)
  const consent =
    useFromDevice((device) => device.partitionOf({ kind: 'students.consent', student, refs: {} })) ?? ''
  const isAgreed = consentOf(useRecords(consent))?.photos.instruction_record ?? false
  const photos = settle(useRecords(partition)).live.flatMap((record) => {
    const body = record.kind === 'sessions.photo' ? PhotoBody.safeParse(record.body).data : undefined
    return body ? [{ id: record.id, at: record.at, jpeg: body.jpeg }] : []
  })
  if (photos.length === 0) return null
  if (!isAgreed)
    return (
      <p className={styles.none}>
        <CameraOff size={16} aria-hidden />
        <span>
          <Plural
            value={photos.length}
            one="# photo is kept and not shown: the family does not agree to photos now"
            other="# photos are kept and not shown: the family does not agree to photos now"
          />
        </span>
      </p>
    )
  return (
    <section className={styles.photos}>
      <h3>
        <Trans>Photos of the work</Trans>
      </h3>
      {photos.map(({ id, at, jpeg }) => {
        const time = formats.time(at)
        return (
          <figure key={id}>
            <Button
              icon={Image}
              aria-expanded={opened === id}
              onClick={() => setOpened(opened === id ? null : id)}
            >
              <Trans>Photo of {time}</Trans>
            </Button>
            {opened === id && (
              <img src={`data:image/jpeg;base64,${jpeg}`} alt={t`Photo of the work, ${time}`} />
            )}
          </figure>
        )
      })}
    </section>
  )
}
