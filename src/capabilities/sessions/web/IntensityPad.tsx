/** Intensity (C16): each time it happens, how strong it was, by what each level looks like. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { LevelKey } from './LevelKey.tsx'
import type { PadProps } from './pads.ts'
import { Watched } from './Watched.tsx'
import styles from './Pads.module.css'

export default function IntensityPad({ measure, state, recorder, program, onFinish }: PadProps<'intensity'>) {
  const { t } = useLingui()
  const items = state?.items ?? []
  const highest = Math.max(0, ...items.map((item) => Number(item.result)))
  const isPaused = state !== null && state.runningSince === null
  return (
    <div className={styles.pad}>
      {isPaused ? (
        <p className={styles.hint}>
          <Trans>Paused: nothing counts until you go on.</Trans>
        </p>
      ) : (
        <div className={styles.levels}>
          {measure.anchors.map((anchor, index) => {
            const level = `${index + 1}`
            return (
              <LevelKey
                key={level}
                level={level}
                anchor={anchor}
                onTap={() =>
                  recorder.put([{ noun: 'moment', body: { code: level } }], { said: t`level ${level}` })
                }
              />
            )
          })}
        </div>
      )}
      <Watched state={state} title={program.body.title} recorder={recorder} onFinish={onFinish}>
        {items.length > 0 && (
          <span>
            <strong>{t`Highest ${highest}`}</strong>{' '}
            <Plural value={items.length} one="of # time" other="of # times" />
          </span>
        )}
      </Watched>
    </div>
  )
}
