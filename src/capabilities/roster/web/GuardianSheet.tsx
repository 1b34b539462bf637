/**
 * A guardian and their rights, each a switch of its own. Taking a right away from a parent, or contact from anybody,
 * needs the number of the document that says so. Changed rights are a new row; the old one stays in the history.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, FileWarning } from 'lucide-react'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { isRestriction, RELATIONS, RIGHTS, type GuardianRow, type Relation, type Rights } from '../people.ts'
import { RELATION_WORDS, RIGHT_WORDS } from './words.ts'
import { useCommand } from './useCommand.ts'
import styles from './Roster.module.css'

const EVERY: Rights = {
  ferpa_access: true,
  educational_decision: true,
  pick_up: true,
  contact_allowed: true,
  receives_messages: true,
}
/** Who is neither parent nor guardian has only what is given. */
const FEW: Rights = {
  ferpa_access: false,
  educational_decision: false,
  pick_up: true,
  contact_allowed: true,
  receives_messages: false,
}

export interface GuardianSheetProps {
  student: string
  /** The row whose rights change; null for somebody new. */
  row: GuardianRow | null
  onClose: () => void
  onDone: () => void
}

export function GuardianSheet({ student, row, onClose, onDone }: GuardianSheetProps) {
  const { t, i18n } = useLingui()
  const { busy, error, send } = useCommand(onDone)
  const [id] = useState(() => uuidv7(Date.now()))
  const [given, setGiven] = useState('')
  const [family, setFamily] = useState('')
  const [relation, setRelation] = useState<Relation>(row?.relation ?? 'parent')
  const [rights, setRights] = useState<Rights>(row?.rights ?? EVERY)
  const [document, setDocument] = useState(row?.orderDoc ?? '')
  const [reason, setReason] = useState('')
  const isRestricted = isRestriction(relation, rights)
  const isLacking =
    reason.trim().length < 3 ||
    (row === null && `${given}${family}`.trim() === '') ||
    (isRestricted && document.trim() === '')
  return (
    <Dialog
      open
      onClose={onClose}
      title={row === null ? t`Add a guardian` : t`Change the rights of ${row.name}`}
      actions={
        <Button
          variant="primary"
          busy={busy}
          disabled={isLacking}
          onClick={() =>
            void send(`/api/team/${student}/guardians`, {
              id,
              person: row?.person ?? null,
              given: given.trim(),
              family: family.trim(),
              relation,
              rights,
              order_doc: document.trim() === '' ? null : document.trim(),
              replaces: row?.id ?? null,
              reason: reason.trim(),
            })
          }
        >
          {t`Record`}
        </Button>
      }
    >
      <div className={styles.form}>
        {row === null && (
          <div className={styles.pair}>
            <TextField label={t`First name`} value={given} onChange={setGiven} />
            <TextField label={t`Last name`} value={family} onChange={setFamily} />
          </div>
        )}
        <Choice
          legend={t`Who this is`}
          value={relation}
          options={RELATIONS.map((one) => ({ value: one, label: i18n._(RELATION_WORDS[one]) }))}
          onChange={(chosen) => {
            setRelation(chosen)
            if (row === null) setRights(chosen === 'other' ? FEW : EVERY)
          }}
        />
        <div>
          {RIGHTS.map((right) => (
            <Switch
              key={right}
              label={i18n._(RIGHT_WORDS[right])}
              on={rights[right]}
              onChange={(on) => setRights({ ...rights, [right]: on })}
            />
          ))}
        </div>
        {isRestricted && (
          <Notice tone="wait" icon={FileWarning}>
            <Trans>
              This takes a right away. Custody alone changes none: give the number of the court order or
              agreement.
            </Trans>
          </Notice>
        )}
        <TextField
          label={t`Number of the document`}
          value={document}
          onChange={setDocument}
          required={isRestricted}
        />
        <TextField label={t`Reason`} value={reason} onChange={setReason} required />
        {error !== null && (
          <Notice tone="danger" icon={CircleAlert} announce>
            {error}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}
