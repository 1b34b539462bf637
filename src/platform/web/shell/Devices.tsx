/** The person's own devices, as the server knows them, and the way to sign one out that is lost or somewhere else. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CloudOff, LogOut, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { DeviceList } from '../../records/wire.ts'
import { useSession } from '../auth/session.tsx'
import { ask } from '../http.ts'
import { useFormats } from '../i18n/format.ts'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { Notice } from '../kit/Notice.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Tag } from '../kit/Tag.tsx'
import { VisuallyHidden } from '../kit/VisuallyHidden.tsx'
import { useOnline } from '../online.ts'
import { useDevice } from '../store/hooks.ts'
import styles from './Devices.module.css'
import { Page } from './Page.tsx'

type OwnDevice = DeviceList['devices'][number]

export default function Devices() {
  const { t } = useLingui()
  const { value, status } = useOnline(DeviceList, '/api/devices')
  /** The list as the server had it after something was signed out here. */
  const [after, setAfter] = useState<DeviceList | null>(null)
  const [leaving, setLeaving] = useState<OwnDevice | null>(null)
  const [failed, setFailed] = useState(false)
  const devices = (after ?? value)?.devices
  const signOut = async (device: OwnDevice) => {
    setLeaving(null)
    setFailed(false)
    try {
      setAfter(await ask(DeviceList, `/api/devices/${device.device}/sign-out`, { method: 'POST', body: {} }))
    } catch {
      setFailed(true)
    }
  }
  return (
    <Page>
      <PageHeader title={t`Your devices`} back="/more" />
      {status === 'offline' && (
        <Notice icon={CloudOff}>
          <Trans>This list needs a connection.</Trans>
        </Notice>
      )}
      {failed && (
        <Notice tone="wait" icon={TriangleAlert} announce>
          <Trans>The device was not signed out: the server did not answer. Try again.</Trans>
        </Notice>
      )}
      {devices && (
        <Card as="div" flush>
          <ul className={styles.list}>
            {devices.map((device) => (
              <Row key={device.device} device={device} onSignOut={() => setLeaving(device)} />
            ))}
          </ul>
        </Card>
      )}
      <Dialog
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        title={t`Sign out this device?`}
        actions={
          <>
            <Button onClick={() => setLeaving(null)}>
              <Trans>Cancel</Trans>
            </Button>
            <Button variant="primary" onClick={() => leaving && void signOut(leaving)}>
              <Trans>Sign out</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            It locks itself as soon as it has a connection: nothing on it can be read any more. What it has
            not sent stays on it, sealed; a supervisor looks at it when it arrives.
          </Trans>
        </p>
      </Dialog>
    </Page>
  )
}

function Row({ device, onSignOut }: { device: OwnDevice; onSignOut: () => void }) {
  const here = useDevice().id === device.device
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const seen = formats.dateTime(device.seen)
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <strong>{device.label}</strong>
        <span className={styles.quiet}>
          <Trans>Last heard of {seen}</Trans>
        </span>
        {device.missing > 0 && (
          <span>
            <Plural
              value={device.missing}
              one="# record made on it has not arrived"
              other="# records made on it have not arrived"
            />
          </span>
        )}
      </div>
      {here ? (
        <Tag>
          <Trans>this device</Trans>
        </Tag>
      ) : device.revoked === null ? (
        <Button icon={LogOut} onClick={onSignOut}>
          <Trans>Sign out from here</Trans>
          <VisuallyHidden>, {device.label}</VisuallyHidden>
        </Button>
      ) : (
        <Tag>
          <Trans>signed out</Trans>
        </Tag>
      )}
    </li>
  )
}
