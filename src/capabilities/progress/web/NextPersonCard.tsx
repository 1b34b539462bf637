/** On the owner's Today: goals whose criterion is met but for another person, and who could run the next one (D.6). */
import { Trans } from '@lingui/react/macro'
import { UserRoundPlus } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useMe } from './held.ts'
import { nextPersonOn } from './next-person.ts'
import { decidesFor } from './owners.ts'
import { asksForSeveral } from './several.ts'
import styles from './NextPersonCard.module.css'

interface Line {
  readonly program: string
  readonly student: string
  readonly title: string
  readonly ran: string
  readonly next: string
}

export default function NextPersonCard() {
  const me = useMe()
  const text = useFromDevice((device) => {
    const plans = asksForSeveral(device, me).filter(({ student }) => decidesFor(me, student))
    return JSON.stringify(
      plans.flatMap((plan): Line[] => {
        const found = me && nextPersonOn(device, me, plan)
        if (!found) return []
        const { goal, who } = found
        const ran = who.ran.map((id) => goal.names[id] ?? '?').join(', ')
        const next = who.next.map(({ name }) => name).join(', ')
        const { program, student } = goal
        return [{ program, student, title: goal.version.body.title, ran, next }]
      }),
    )
  })
  const lines = JSON.parse(text) as readonly Line[]
  if (lines.length === 0) return null
  return (
    <Card as="section" flush aria-labelledby="next-person">
      <h2 id="next-person" className={styles.head}>
        <UserRoundPlus size={20} aria-hidden />
        <Trans>Criterion met, except for another person</Trans>
      </h2>
      <ul className={styles.list}>
        {lines.map(({ program, student: id, title, ran, next }) => {
          const student = me?.students.find((one) => one.id === id)
          return (
            <li key={program}>
              <Link to="/goals/$program" params={{ program }} className={styles.row}>
                {student && <Who initials={student.initials} color={student.color} size="s" />}
                <span className={styles.words}>
                  {title}
                  <small>
                    <Trans>Run by {ran} so far.</Trans>{' '}
                    {next === '' ? (
                      <Trans>Nobody else is with this student now.</Trans>
                    ) : (
                      <Trans>Could run the next one: {next}.</Trans>
                    )}
                  </small>
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
