/**
 * A drawing or its table as a file: picture with heading, key and foot, or the points as a table. Files name nobody:
 * staff by initials, the student not at all. Each is noted with its reason before it is made: by who records about the
 * student as a record on this device, which needs no connection; by who only reads (a nurse, a coordinator) at the
 * server, because their device makes no record in this tier.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { FileDown, Unplug } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { ask } from '../../../platform/web/http.ts'
import { download } from '../../../platform/web/shell/download.ts'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { FILE_REASONS, FileNoted, type FileReason, type FileTaken } from '../online.ts'
import { TAKERS } from '../records.ts'
import type { Picture, Shown } from './GraphCard.tsx'
import { useMe } from './held.ts'
import { useFileOf } from './useFileOf.ts'
import styles from './GraphCard.module.css'

type Format = FileTaken['format']

interface GraphFileProps {
  shown: Shown
  picture: Picture
  onClose: () => void
}

export default function GraphFile({ shown, picture, onClose }: GraphFileProps) {
  const { t } = useLingui()
  const reasons = useReasons()
  const fileOf = useFileOf()
  const device = useDevice()
  const me = useMe()
  const [format, setFormat] = useState<Format>('svg')
  const [reason, setReason] = useState<FileReason | null>(null)
  const [state, setState] = useState<'asking' | 'saving' | 'refused'>('asking')

  const note = async (body: FileTaken) => {
    const { program, student } = shown.goal
    const role = me?.students.find(({ id }) => id === student)?.role ?? ''
    if (TAKERS.includes(role))
      await device.capture({ kind: 'progress.file', body, student, refs: { program } }).kept
    else await ask(FileNoted, `/api/goals/${program}/files`, { method: 'POST', body })
  }
  const save = async () => {
    if (reason === null) return
    setState('saving')
    try {
      const taken: FileTaken = { format, picture, reason }
      await note(taken)
      download(`graph.${format}`, await fileOf(shown, picture, format, reasons[reason]))
      onClose()
    } catch {
      setState('refused')
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Save as a file`}
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            icon={FileDown}
            busy={state === 'saving'}
            disabled={reason === null}
            onClick={() => void save()}
          >
            <Trans>Save</Trans>
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Choice<Format>
          legend={t`What`}
          options={[
            { value: 'svg', label: t`Drawing (SVG)` },
            { value: 'png', label: t`Picture (PNG)` },
            { value: 'csv', label: t`Table (CSV)` },
          ]}
          value={format}
          onChange={setFormat}
        />
        <Select<FileReason>
          label={t`What for`}
          placeholder={t`Choose a reason`}
          description={t`It stands at the foot of the file, and in the school’s trail with your name.`}
          options={FILE_REASONS.map((value) => ({ value, label: reasons[value] }))}
          value={reason}
          onChange={setReason}
        />
        <p className={styles.note}>
          <Trans>
            The file names nobody: staff stand in it by their initials, the student not at all. Whoever gets
            it reads data about a child.
          </Trans>
        </p>
        {state === 'refused' && (
          <Notice icon={Unplug}>
            <Trans>
              That did not work, and no file was made. A file is noted in the school’s trail before it is
              saved; try again when there is a connection.
            </Trans>
          </Notice>
        )}
      </div>
    </Dialog>
  )
}

function useReasons(): Readonly<Record<FileReason, string>> {
  const { t } = useLingui()
  return {
    team_meeting: t`Team meeting`,
    family_meeting: t`Meeting with the family`,
    progress_report: t`Progress report`,
    records_request: t`Records request`,
    printing: t`Printed copy for the binder`,
  }
}
