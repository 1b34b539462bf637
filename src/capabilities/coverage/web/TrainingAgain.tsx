/**
 * That the same was allowed for a day before, and what follows: said before somebody tries, and again when the server
 * refuses. A permission for one day that is given each day is a training that nobody gave (training.ts).
 */
import { Trans } from '@lingui/react/macro'
import { History } from 'lucide-react'
import type { ReactNode } from 'react'
import { useDays } from '../../../platform/web/desk/days.ts'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import type { Again } from '../training.ts'
import type { TrainingPage } from '../wire.ts'

export interface TrainingAgainProps {
  readonly page: TrainingPage
  readonly is: Exclude<Again, 'first'>
  readonly near: readonly TrainingPage['allowedDays'][number][]
}

export function TrainingAgain({ page, is, near }: TrainingAgainProps) {
  const days = useDays(page.today)
  const said = near.map(({ day, by }) => `${days(day)} (${by})`).join(', ')
  return (
    <Notice tone="wait" icon={History} announce>
      <p>
        <Trans>Allowed already: {said}.</Trans>
      </p>
      <p>{AGAIN[is]}</p>
    </Notice>
  )
}

export const AGAIN: Readonly<Record<Exclude<Again, 'first'>, ReactNode>> = {
  another: (
    <Trans>
      You may allow it this time, because somebody else did before. If it goes on: train them, or plan another
      adult.
    </Trans>
  ),
  yours: (
    <Trans>
      You cannot allow the same a second time so soon. Ask somebody else who leads the school, train them, or
      plan another adult.
    </Trans>
  ),
  enough: <Trans>It may not be allowed more often for now. Train them, or plan another adult.</Trans>,
}
