/** Whether a goal in a row of Today may wait for another person: what says so needs the graph and is fetched only then. */
import { lazy, Suspense } from 'react'
import { useFromDevice, useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import { asksForSeveral } from './several.ts'

const NextRunWords = lazy(() => import('./NextRunWords.tsx'))

export default function NextRun({ program }: { program: string }) {
  const me = meOf(useValue('me'))
  const asks = useFromDevice((device) => asksForSeveral(device, me).some((plan) => plan.program === program))
  return asks ? (
    <Suspense>
      <NextRunWords program={program} />
    </Suspense>
  ) : null
}
