/** A session of an earlier day that nobody ended: its data wait, in no graph, until somebody does. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { nextTrial } from '../rules.ts'
import type { SessionState } from '../state.ts'
import { EndedAbout } from './EndedAbout.tsx'
import type { Recorder } from './recorder.ts'

export function LeftOpen({ state, recorder, tz }: { state: SessionState; recorder: Recorder; tz: string }) {
  const { t } = useLingui()
  const formats = useFormats(tz)
  const day = formats.dateShort(state.started)
  const [asking, setAsking] = useState(false)
  const isWhole =
    state.measure.system === 'trials'
      ? state.items.length >= state.measure.planned
      : nextTrial(state) === null
  const running =
    state.measure.system === 'duration' ? state.items.find((item) => item.ms === undefined) : undefined
  if (running)
    return (
      <>
        <Notice
          tone="wait"
          icon={Hourglass}
          action={<Button onClick={() => setAsking(true)}>{t`It ended about …`}</Button>}
        >
          <Trans>Your timer of {day} was never stopped.</Trans>
        </Notice>
        {asking && (
          <EndedAbout
            title={t`When did it end?`}
            from={running.at}
            onClose={() => setAsking(false)}
            onEnd={(at) => recorder.stopForgotten(state, at)}
          />
        )}
      </>
    )
  return (
    <Notice
      tone="wait"
      icon={Hourglass}
      action={
        <Button
          onClick={() => recorder.close(state, isWhole ? 'complete' : 'partial')}
        >{t`Finish it`}</Button>
      }
    >
      <Trans>Your session of {day} was never finished.</Trans>
    </Notice>
  )
}
