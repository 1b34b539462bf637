/** A checklist (C17): yes, no, or not part of today, one item after the other. */
import { useLingui } from '@lingui/react/macro'
import { ItemPad, type Answer } from './ItemPad.tsx'
import { PadKey } from './PadKey.tsx'
import type { PadProps } from './pads.ts'
import styles from './Pads.module.css'

export default function ChecklistPad({ measure, state, recorder, onFinish }: PadProps<'checklist'>) {
  const { t } = useLingui()
  const answers: readonly Answer[] = [
    { code: 'yes', mark: '+', tone: 'alone', word: t`yes` },
    { code: 'no', mark: '–', tone: 'not', word: t`no` },
    { code: 'NA', mark: '/', tone: 'out', word: t`not today` },
  ]
  return (
    <ItemPad
      state={state}
      recorder={recorder}
      onFinish={onFinish}
      items={measure.items}
      answersTo={() => answers}
      keys={(_, standing, choose) => (
        <div className={styles.three}>
          {answers.map((answer) => (
            <PadKey
              key={answer.code}
              sign={answer.mark}
              word={answer.word}
              tone={answer.code === 'yes' ? 'yes' : answer.code === 'no' ? 'no' : undefined}
              pressed={standing === undefined ? undefined : standing === answer.code}
              onTap={() => choose(answer)}
            />
          ))}
        </div>
      )}
      words={{
        strip: t`Items`,
        place: (n) => t`Item ${n}`,
        of: (n, total) => t`Item ${n} of ${total}`,
        given: (n, word) => t`item ${n}, ${word}`,
        done: (total) => t`All ${total} items checked`,
      }}
    />
  )
}
