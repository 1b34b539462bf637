/** What only the demo school has: flight mode, which cuts the app off from its server, and a clock that can be moved. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, Clock } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { useSession } from '../auth/session.tsx'
import { ask } from '../http.ts'
import { useFormats } from '../i18n/format.ts'
import { Button } from '../kit/Button.tsx'
import { Notice } from '../kit/Notice.tsx'
import { Switch } from '../kit/Switch.tsx'
import { TextField } from '../kit/TextField.tsx'
import { useDevice, useFlight } from '../store/hooks.ts'
import styles from './More.module.css'
import { instantAt, wallClock } from './wall-clock.ts'

export function DemoSwitches() {
  const { t } = useLingui()
  const device = useDevice()
  const flight = useFlight()
  return (
    <>
      <Switch
        label={t`Flight mode`}
        description={t`Cuts this device off from the server, as a basement would. Everything goes on working; what you record is kept here and goes to the team when you switch it off.`}
        on={flight}
        onChange={(on) => void device.setFlight(on)}
      />
      {!flight && <DemoClock />}
    </>
  )
}

function DemoClock() {
  const { t } = useLingui()
  const { district, refresh } = useSession()
  const device = useDevice()
  const formats = useFormats(district.tz)
  const [shown, setShown] = useState(() => device.clock.now())
  const [moving, setMoving] = useState(false)
  const [failed, setFailed] = useState(false)
  const [wanted, setWanted] = useState(() => wallClock(shown, district.tz))

  const move = async (at: string) => {
    setMoving(true)
    setFailed(false)
    try {
      await ask(z.unknown(), '/api/demo/clock', { method: 'POST', body: { at } })
      // the sync takes over the new time, the session the new day
      await device.syncNow()
      await refresh()
      const now = device.clock.now()
      setShown(now)
      setWanted(wallClock(now, district.tz))
    } catch {
      setFailed(true)
    }
    setMoving(false)
  }
  const date = formats.dateLong(shown)
  const time = formats.time(shown)
  const ahead = (minutes: number) => void move(new Date(device.clock.now() + minutes * 60_000).toISOString())

  return (
    <div className={styles.clock}>
      <p>
        <Trans>
          At this school it is <strong>{date}</strong>, <strong>{time}</strong>.
        </Trans>
      </p>
      <div className={styles.buttons}>
        <Button busy={moving} onClick={() => ahead(10)}>
          <Trans>10 minutes later</Trans>
        </Button>
        <Button busy={moving} onClick={() => ahead(60)}>
          <Trans>1 hour later</Trans>
        </Button>
      </div>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          const at = instantAt(wanted, district.tz)
          if (at !== null) void move(new Date(at).toISOString())
        }}
      >
        <TextField label={t`Move the clock to`} type="datetime-local" value={wanted} onChange={setWanted} />
        <Button type="submit" icon={Clock} busy={moving}>
          <Trans>Move</Trans>
        </Button>
      </form>
      {failed && (
        <Notice tone="wait" icon={CircleAlert} announce>
          <Trans>The clock stands as it was: the server did not answer.</Trans>
        </Notice>
      )}
    </div>
  )
}
