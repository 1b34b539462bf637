/** The way out of a session, with what is not yet with the team said first: signing out, or handing the tablet over. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { forgetPin } from '../auth/pins.ts'
import { useSession } from '../auth/session.tsx'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { useSyncStatus } from '../store/hooks.ts'

export interface LeaveProps {
  icon: LucideIcon
  words: string
  /** Takes their PIN on this tablet back too, when the server hears of it: it ends with the day in any case. */
  forgets?: boolean
}

export function Leave({ icon, words, forgets = false }: LeaveProps) {
  const { t } = useLingui()
  const session = useSession()
  const { unsent, needsYou } = useSyncStatus()
  const [asking, setAsking] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const here = unsent + needsYou
  const leave = async () => {
    setLeaving(true)
    if (forgets) await forgetPin().catch(() => {})
    await session.signOut()
  }
  return (
    <>
      <Button icon={icon} busy={leaving} onClick={() => (here > 0 ? setAsking(true) : void leave())}>
        {words}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Not everything is with the team yet`}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>
              <Trans>Stay</Trans>
            </Button>
            <Button variant="primary" busy={leaving} onClick={() => void leave()}>
              {words}
            </Button>
          </>
        }
      >
        <p>
          <Plural
            value={here}
            one="# record is only on this device. It stays here, locked, and goes to the team when you or somebody else signs in here again."
            other="# records are only on this device. They stay here, locked, and go to the team when you or somebody else signs in here again."
          />
        </p>
      </Dialog>
    </>
  )
}
