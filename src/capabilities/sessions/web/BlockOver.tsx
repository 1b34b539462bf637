/** A block is over and sessions of it still run: one tap ends them where the block ended. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ArrowRight, Hourglass } from 'lucide-react'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { useDevice, useFromDevice } from '../../../platform/web/store/hooks.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import type { BoardBlock } from '../../schedule/model.ts'
import { endDraft, voidDraft } from '../drafts.ts'
import { isOpen } from '../goal.ts'
import type { SessionState } from '../state.ts'
import { goalNow, type Place } from './hooks.ts'

export function BlockOver({ place, next }: { place: Place; next: BoardBlock | null }) {
  const { t } = useLingui()
  const device = useDevice()
  const act = useAct()
  const running = useFromDevice((here) => openIn(here, place).length)
  if (running === 0)
    return next ? (
      <Notice
        tone="info"
        icon={ArrowRight}
        action={
          <ButtonLink to="/pad/$block" params={{ block: next.assignment }}>
            <Trans>Go there</Trans>
          </ButtonLink>
        }
      >
        <Trans>This block is over. Now: {next.title}</Trans>
      </Notice>
    ) : null
  const finish = () => {
    const open = openIn(device, place)
    const entered = new Date(device.clock.now()).toISOString()
    act({
      drafts: open.map((state) => ({ ...endDraft(state, 'complete'), at: endOf(state, place), entered })),
      said: open.length === 1 ? t`1 session finished` : t`${open.length} sessions finished`,
      undo: (made) =>
        made.flatMap((record, index) => {
          const state = open[index]
          return state ? [voidDraft(state, record.id)] : []
        }),
    })
  }
  return (
    <Notice tone="wait" icon={Hourglass} action={<Button onClick={finish}>{t`Finish what runs`}</Button>}>
      <Plural
        value={running}
        one="This block is over. # session still runs."
        other="This block is over. # sessions still run."
      />
    </Notice>
  )
}

/** Own open sessions of the block's goals that were not begun after it. */
function openIn(device: Device, place: Place): SessionState[] {
  return place.block.programs.flatMap((program) => {
    const { own } = goalNow(device, program, place)
    return own && isOpen(own) && own.started < place.block.end ? [own] : []
  })
}

/** Where the block ended, or at the last thing recorded if that was later. */
function endOf(state: SessionState, place: Place): string {
  const last = state.items.reduce((latest, item) => (item.at > latest ? item.at : latest), state.started)
  return last > place.block.end ? last : place.block.end
}
