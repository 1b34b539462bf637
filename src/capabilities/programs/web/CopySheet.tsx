/** A program for another student: what was taken out is shown, and the owner reads the rest before it becomes a draft. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import type { MyStudent } from '../../schedule/model.ts'
import { stripIdentity } from '../strip.ts'
import type { Working } from '../working.ts'
import { SelectField } from './Inputs.tsx'
import { startProgram } from './start.ts'
import { namesOf, useMe } from './useMine.ts'
import { fieldName } from './words.ts'
import styles from './builder.module.css'

export interface CopySheetProps {
  readonly working: Working
  /** Id of the student it comes from. */
  readonly from: string
  /** For whom it may be. */
  readonly students: readonly MyStudent[]
  readonly onClose: () => void
  readonly onCopied: (program: string) => void
}

export function CopySheet({ working, from, students, onClose, onCopied }: CopySheetProps) {
  const { t, i18n } = useLingui()
  const device = useDevice()
  const me = useMe()
  const names = namesOf(me)
  const [chosen, setChosen] = useState(students[0]?.id ?? '')
  const isSame = chosen === from
  const { working: copy, stripped } = isSame
    ? { working, stripped: [] }
    : stripIdentity(working, me?.students ?? [], t`the student`)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Copy this program`}
      actions={
        <Button
          variant="primary"
          disabled={chosen === ''}
          onClick={() => onCopied(startProgram(device, chosen, copy))}
        >
          <Trans>Make it a draft</Trans>
        </Button>
      }
    >
      {students.length > 1 && (
        <SelectField
          label={t`For`}
          value={chosen}
          options={students.map(({ id, initials }) => ({ value: id, label: initials }))}
          onChange={setChosen}
        />
      )}
      {!isSame && (
        <Notice icon={ShieldCheck}>
          {stripped.length === 0 ? (
            <Trans>No name, initials or progress of a student was found in it.</Trans>
          ) : (
            <Plural
              value={stripped.length}
              one="Taken out at # place, so that no student goes along:"
              other="Taken out at # places, so that no student goes along:"
            />
          )}
        </Notice>
      )}
      {stripped.length > 0 && (
        <dl className={styles.changes} data-testid="stripped">
          {stripped.map(({ key, before, after }, n) => (
            <div key={n}>
              <dt>{fieldName(i18n, key, copy.measure)}</dt>
              <dd>
                <del>{names[before] ?? before}</del>
                <ins>{after === '' ? t`nothing` : after}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {!isSame && (
        <>
          <p>
            <Trans>
              Only first names, initials and ids of your own students are known here. Read the goal and the
              definition through: last names, places and family members may still stand there.
            </Trans>
          </p>
          <blockquote className={styles.iep}>
            <p>{copy.goal}</p>
            <p>{copy.definition}</p>
          </blockquote>
        </>
      )}
    </Dialog>
  )
}
