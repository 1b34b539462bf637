/** Whether something of mine may wait for another person: what says so needs the graph and is fetched only then. */
import { lazy, Suspense } from 'react'
import { useFromDevice, useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import { decidesFor } from './owners.ts'
import { asksForSeveral } from './several.ts'

const NextPersonCard = lazy(() => import('./NextPersonCard.tsx'))

export default function NextPerson() {
  const me = meOf(useValue('me'))
  const asks = useFromDevice((device) =>
    asksForSeveral(device, me).some(({ student }) => decidesFor(me, student)),
  )
  return asks ? (
    <Suspense>
      <NextPersonCard />
    </Suspense>
  ) : null
}
