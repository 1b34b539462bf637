/** Whether somebody is to be asked about times, on the pad and on Today: the question itself is rare and fetched when it comes. */
import { lazy, Suspense } from 'react'
import { useMe } from './hooks.ts'

const TimesAsked = lazy(() => import('./TimesAsked.tsx'))

export default function TimesCheck() {
  const me = useMe()
  if (!me?.doubts?.some(({ author }) => author === me.person.id)) return null
  return (
    <Suspense>
      <TimesAsked />
    </Suspense>
  )
}
