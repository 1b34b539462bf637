/** What a drill or a crisis broke off goes on with one tap for half an hour (domain C.3); later it stands under More. */
import { Trans } from '@lingui/react/macro'
import { Play } from 'lucide-react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { useClock } from '../../../platform/web/store/now.ts'
import type { SessionState } from '../state.ts'

const SOON_MS = 30 * 60_000

export function GoOnSoon({ state, onGoOn }: { state: SessionState; onGoOn: () => void }) {
  const isSoon = useClock((clock) => clock.now() - Date.parse(state.ended ?? '') < SOON_MS)
  if (state.status !== 'partial' || !isSoon) return null
  return (
    <Button size="pad" icon={Play} onClick={onGoOn}>
      <Trans>Go on with it</Trans>
    </Button>
  )
}
