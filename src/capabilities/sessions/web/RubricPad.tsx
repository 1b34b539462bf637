/** A rubric (C10): the anchored levels of one item after the other. */
import { useLingui } from '@lingui/react/macro'
import { ItemPad } from './ItemPad.tsx'
import { LevelKey } from './LevelKey.tsx'
import type { PadProps } from './pads.ts'
import styles from './Pads.module.css'

export default function RubricPad({ measure, state, recorder, onFinish }: PadProps<'rubric'>) {
  const { t } = useLingui()
  const answersTo = (n: number) =>
    (measure.items[n - 1]?.anchors ?? []).map((anchor, level) => ({
      code: `${level}`,
      mark: `${level}`,
      tone: 'prompted' as const,
      word: t`level ${level}`,
      anchor,
    }))
  return (
    <ItemPad
      state={state}
      recorder={recorder}
      onFinish={onFinish}
      items={measure.items.map((item) => item.text)}
      answersTo={answersTo}
      keys={(n, standing, choose) => (
        <div className={styles.levels}>
          {answersTo(n).map((answer) => (
            <LevelKey
              key={answer.code}
              level={answer.code}
              anchor={answer.anchor}
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
        done: (total) => t`All ${total} items rated`,
      }}
    />
  )
}
