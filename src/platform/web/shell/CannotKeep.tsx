/** The device keeps nothing: said plainly at the door, because an app that only seems to save is worse than none (F10). */
import { Trans, useLingui } from '@lingui/react/macro'
import { HardDrive, RotateCcw } from 'lucide-react'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import type { StoreCode } from '../store/errors.ts'
import { Brand } from './Brand.tsx'
import { PlainPage } from './Page.tsx'
import { useWindowTitle } from './title.ts'
import styles from './Plain.module.css'

export default function CannotKeep({ code }: { code: StoreCode }) {
  const { t } = useLingui()
  useWindowTitle(t`Nothing can be kept here`)
  return (
    <PlainPage>
      <Brand />
      <Card as="section" className={styles.card}>
        <span className={styles.mark}>
          <HardDrive size={28} aria-hidden />
        </span>
        <h1>
          <Trans>This browser cannot keep records</Trans>
        </h1>
        <Why code={code} />
        <Button variant="primary" icon={RotateCcw} onClick={() => location.reload()}>
          <Trans>Try again</Trans>
        </Button>
      </Card>
    </PlainPage>
  )
}

function Why({ code }: { code: StoreCode }) {
  switch (code) {
    case 'unavailable':
      return (
        <p>
          <Trans>
            A private window, or a rule of your school’s device, keeps it from storing anything. Handrail does
            not start, so that nothing you tap is lost. Open it in a normal window, or ask your IT office to
            allow site data for this address.
          </Trans>
        </p>
      )
    case 'blocked':
      return (
        <p>
          <Trans>
            Another tab holds an older version of Handrail open. Close the other tabs, then try again. What is
            kept on this device stays kept.
          </Trans>
        </p>
      )
    case 'outdated':
      return (
        <p>
          <Trans>
            A newer version of Handrail is already on this device. Load this page again to use it. What is
            kept on this device stays kept.
          </Trans>
        </p>
      )
    case 'quota':
      return (
        <p>
          <Trans>
            The device is full. Delete something large, like videos or downloads, then try again. What is
            already kept on this device stays kept.
          </Trans>
        </p>
      )
    case 'old_server':
      return (
        <p>
          <Trans>
            The school’s server is older than this app and cannot give it the keys it needs. Ask the person
            who looks after Handrail to update the server. What is kept on this device stays kept.
          </Trans>
        </p>
      )
    case 'closed':
    case 'locked':
    case 'failed':
      return (
        <p>
          <Trans>
            The store on this device did not open. Close all tabs of Handrail and try again; if it stays so,
            restart the device. What is already kept on this device stays kept.
          </Trans>
        </p>
      )
  }
}
