/** A goal at its own address: from a student's page, or by a link. */
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { GoalPage } from './GoalPage.tsx'
import { useHeldGoal } from './held.ts'

export default function Goal() {
  const { program } = useScreenParams<'program'>()
  const held = useHeldGoal(program)
  return held ? (
    <GoalPage program={program} back="/students/$student" backParams={{ student: held.student }} />
  ) : (
    <GoalPage program={program} back="/" />
  )
}
