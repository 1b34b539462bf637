/**
 * On Today, in the row of a goal that is due: its criterion is met but for another person, and I would be one. I read no
 * more than the goal's page tells me; whether it is mastered is the owner's to say.
 */
import { Trans } from '@lingui/react/macro'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useMe } from './held.ts'
import { nextPersonOn } from './next-person.ts'
import { asksForSeveral } from './several.ts'

export default function NextRunWords({ program }: { program: string }) {
  const me = useMe()
  const isMine = useFromDevice((device) => {
    const plan = asksForSeveral(device, me).find((one) => one.program === program)
    const role = me?.students.find(({ id }) => id === plan?.student)?.role
    // a substitute counts only where the rule says so; the rule, and not this line, decides that in the end
    if (!me || !plan || (role === 'substitute' && !plan.versions.at(-1)?.body.mastery?.count_subs))
      return false
    const found = nextPersonOn(device, me, plan)
    return found !== null && !found.who.ran.includes(device.person)
  })
  if (!isMine) return null
  return (
    <small>
      <Trans>Criterion met – waiting for another person. You could run this one.</Trans>
    </small>
  )
}
