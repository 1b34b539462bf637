/** Adds an adult of the school to a student's team: in which role, from when, until when, and why. */
import { useLingui } from '@lingui/react/macro'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { roleName } from '../../../platform/web/i18n/roles.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { TEAM_ROLES, type Team } from '../people.ts'
import { useCommand } from './useCommand.ts'
import styles from './Roster.module.css'

type TeamRole = (typeof TEAM_ROLES)[number]

export interface AddSheetProps {
  student: string
  adults: NonNullable<Team['adults']>
  /** `YYYY-MM-DD` */
  today: string
  onClose: () => void
  onDone: () => void
}

export function AddSheet({ student, adults, today, onClose, onDone }: AddSheetProps) {
  const { t, i18n } = useLingui()
  const { busy, error, send } = useCommand(onDone)
  // one act, however often it is sent
  const [id] = useState(() => uuidv7(Date.now()))
  const [person, setPerson] = useState<string | null>(null)
  const [role, setRole] = useState<TeamRole | null>(null)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const isLacking = person === null || role === null || reason.trim().length < 3
  const choose = (chosen: string) => {
    setPerson(chosen)
    const own = adults.find((adult) => adult.id === chosen)?.roles ?? []
    if (role === null) setRole(TEAM_ROLES.find((one) => own.includes(one)) ?? null)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Add an adult`}
      actions={
        <Button
          variant="primary"
          busy={busy}
          disabled={isLacking}
          onClick={() =>
            void send(`/api/team/${student}/members`, {
              id,
              person,
              role,
              reason: reason.trim(),
              ...(from === '' ? {} : { from }),
              ...(to === '' ? {} : { to }),
            })
          }
        >
          {t`Add to the team`}
        </Button>
      }
    >
      <div className={styles.form}>
        <Select
          label={t`Who`}
          placeholder={t`Choose an adult`}
          value={person}
          options={adults.map((adult) => ({
            value: adult.id,
            label: `${adult.name} (${adult.roles.map((one) => roleName(i18n, one)).join(', ')})`,
          }))}
          onChange={choose}
        />
        <Select
          label={t`In which role`}
          placeholder={t`Choose a role`}
          value={role}
          options={TEAM_ROLES.map((one) => ({ value: one, label: roleName(i18n, one) }))}
          onChange={setRole}
        />
        <div className={styles.pair}>
          <TextField
            label={t`First day`}
            type="date"
            description={t`Today when empty (${today})`}
            value={from}
            onChange={setFrom}
          />
          <TextField
            label={t`Last day`}
            type="date"
            description={t`Without an end when empty`}
            value={to}
            onChange={setTo}
          />
        </div>
        <TextField
          label={t`Reason`}
          description={t`It stays in the history, for whoever asks later.`}
          value={reason}
          onChange={setReason}
          required
        />
        {error !== null && (
          <Notice tone="danger" icon={CircleAlert} announce>
            {error}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}
