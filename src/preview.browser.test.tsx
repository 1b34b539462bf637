/** What the builder shows of the pad is the pad: the two meet in src/web.tsx and nowhere else. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { CHOICES } from './capabilities/programs/fields.ts'
import { ProgramOf } from './capabilities/programs/web/ProgramPage.tsx'
import { startProgram } from './capabilities/programs/web/start.ts'
import { readWorking } from './capabilities/programs/working.ts'
import { padCard } from './capabilities/sessions/web/screens.ts'
import { show } from './platform/web/kit/testing.tsx'
import { Screen, smallSchool } from './platform/web/testing-day.tsx'

const choices = Object.values(CHOICES)
  .flat()
  .filter(({ id }) => ['trials', 'count', 'duration', 'momentary'].includes(id))

test.each(choices.map((choice) => [choice.id, choice] as const))(
  'the preview of %s is the pad’s own card; it takes no tap and makes no record',
  async (_, { start }) => {
    await page.viewport(1280, 800)
    const school = smallSchool()
    const dana = await school.open('dana', {
      me: (me) => ({ ...me, students: me.students.map((one) => ({ ...one, role: 'case_manager' })) }),
    })
    const draft = {
      title: 'Asking for help',
      goal: 'The student will ask for help.',
      criterion: '80 % across 3 sessions',
      definition: 'Says or shows “help”.',
      measure: start,
    }
    const program = startProgram(dana.device, school.students.am, readWorking(draft))
    const { GoalCard } = await padCard.load()
    await show(
      <Screen hand={dana}>
        <ProgramOf program={program} card={GoalCard} />
      </Screen>,
    )
    const preview = page.getByTestId('preview')
    await expect.element(preview.getByRole('article', { name: 'A.M. Asking for help' })).toBeVisible()
    expect(preview.element().hasAttribute('inert')).toBe(true)
    const refs = { program }
    const { am: student } = school.students
    const plan = dana.device.partitionOf({ kind: 'sessions.program', student, refs }) ?? ''
    expect(dana.device.records(plan).map(({ kind }) => kind)).toEqual(['sessions.draft'])
  },
)
