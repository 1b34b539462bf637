/**
 * Records that never reached the team and are gone from where they were made (F8): said on every screen until their
 * person has taken note. Nothing of their content is known any more, so numbers and what to do are all there is to say.
 */
import { Plural, Trans } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import { useSession } from '../auth/session.tsx'
import { useFormats } from '../i18n/format.ts'
import { Button } from '../kit/Button.tsx'
import { Notice } from '../kit/Notice.tsx'
import type { Lost } from '../store/device.ts'
import { useDevice } from '../store/hooks.ts'
import styles from './LostRecords.module.css'

export default function LostRecords({ lost }: { lost: Lost }) {
  const device = useDevice()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const { here, before } = lost
  const label = before?.label ?? ''
  const seen = formats.dateTime(before?.seen ?? 0)
  return (
    <div className={styles.place}>
      <Notice
        tone="danger"
        icon={TriangleAlert}
        announce
        action={
          <Button onClick={() => void device.noteLost()}>
            <Trans>I have taken note</Trans>
          </Button>
        }
      >
        {here > 0 && (
          <p>
            <Plural
              value={here}
              one="# record made on this device never reached the team and is gone from it."
              other="# records made on this device never reached the team and are gone from it."
            />
          </p>
        )}
        {before && (
          <>
            <p>
              <Plural
                value={before.records}
                one="# record made in this browser before its storage was cleared never reached the team and is gone."
                other="# records made in this browser before its storage was cleared never reached the team and are gone."
              />
            </p>
            <p>
              <Trans>
                It was {label}, last heard of {seen}.
              </Trans>
            </p>
          </>
        )}
        <p>
          <Trans>
            If you remember what you recorded, enter it again, and tell the student’s case manager that
            something is missing.
          </Trans>
        </p>
      </Notice>
    </div>
  )
}
