/** Which passage is read: those not read yet come first, and each says when it was. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import type { ProgramBody } from '../records.ts'
import { sessionView } from '../rules.ts'
import sheets from './sheets.module.css'
import styles from './Pads.module.css'

export type CbmForm = NonNullable<ProgramBody['forms']>[number]

export interface CbmFormsProps {
  readonly forms: readonly CbmForm[]
  readonly program: string
  readonly onForm: (id: string, title: string) => void
  readonly onPaper: () => void
}

export function CbmForms({ forms, program, onForm, onPaper }: CbmFormsProps) {
  const { t } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const used = new Map(
    useFromDevice((device) => usedForms(device, program))
      .split(' ')
      .map((pair) => pair.split('@') as [string, string]),
  )
  const inOrder = forms.toSorted((a, b) => (used.get(a.id) ?? '').localeCompare(used.get(b.id) ?? ''))
  return (
    <div className={styles.pad}>
      <p className={styles.hint}>
        <Trans>Which passage?</Trans>
      </p>
      <div className={sheets.choices}>
        {inOrder.map((form) => {
          const day = used.get(form.id)
          return (
            <button
              key={form.id}
              type="button"
              className={sheets.choice}
              onClick={() => onForm(form.id, form.title)}
            >
              <span>
                {form.title}
                <small>
                  <Plural value={wordsOf(form).length} one="# word" other="# words" />
                  {day !== undefined && t` · read on ${formats.dateShort(day)}`}
                </small>
              </span>
            </button>
          )
        })}
      </div>
      <Button size="pad" onClick={onPaper}>
        <Trans>From paper: type the numbers</Trans>
      </Button>
    </div>
  )
}

export function wordsOf(form: CbmForm): readonly string[] {
  return form.text.split(/\s+/).filter((word) => word !== '')
}

/** `form@instant` of each session with a form that this device holds whole, earliest first: the last one stays. */
function usedForms(device: Device, program: string): string {
  return device
    .statesOf(sessionView, `program:${program}`)
    .toSorted((a, b) => (a.state.started < b.state.started ? -1 : 1))
    .flatMap(({ partition, state }) => {
      const start = device.records(partition).find(({ kind }) => kind === 'sessions.start')
      const form = start?.body['form']
      return typeof form === 'string' ? [`${form}@${state.started}`] : []
    })
    .join(' ')
}
