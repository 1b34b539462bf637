/** Who comes late, from the tap on the roll to what is due on Today: the two meet in src/web.tsx and nowhere else. */
import { expect, test } from 'vitest'
import { page, type Locator } from 'vitest/browser'
import { Presences } from './capabilities/attendance/web/Presences.tsx'
import RollCard from './capabilities/attendance/web/RollCard.tsx'
import type { BoardBlock } from './capabilities/schedule/model.ts'
import Today from './capabilities/schedule/web/Today.tsx'
import { show } from './platform/web/kit/testing.tsx'
import { at, DAY, Screen, smallSchool, stage, type School } from './platform/web/testing-day.tsx'

const time = (clock: string) => new Date(at(clock)).toISOString()
const due = (): Locator => page.getByRole('region', { name: 'Due today', exact: true })

/** C.D.'s goal in four blocks: 8:30–9:20, 9:20–9:50, 10:10–11:00 and 11:10–11:40, with A.M. and B.K. in the first. */
function fourBlocks(blocks: readonly BoardBlock[], { programs, students }: School): BoardBlock[] {
  const [fractions, work, writing] = blocks
  if (!fractions || !work || !writing) throw new Error('no blocks')
  const alone = { students: [students.cd], programs: [programs.seat] }
  const reading = {
    ...writing,
    ...alone,
    assignment: crypto.randomUUID(),
    code: 'Reading',
    title: 'Reading',
    start: time('11:10'),
    end: time('11:40'),
  }
  return [
    { ...fractions, programs: [programs.requesting, programs.seat] },
    { ...work, ...alone },
    { ...writing, ...alone },
    reading,
  ]
}

test.each([
  ['the block that runs', 'Writing', 'by 10 minutes'],
  ['the first one, which was over long ago', 'Fractions', 'by 110 minutes'],
])(
  'AW-6 C.3 absent since the morning, here at 10:20 by the roll of %s: due from then on and not before, without a network',
  async (_which, roll, late) => {
    const school = smallSchool()
    const hand = await school.open('maya', {
      time: '08:35',
      me: (me) => ({
        ...me,
        boards: me.boards.map((board) =>
          board.day === DAY ? { ...board, blocks: fourBlocks(board.blocks, school) } : board,
        ),
      }),
    })
    school.offline = true
    const blocks = hand.me.boards[0]?.blocks ?? []
    const [first] = blocks
    const marked = blocks.find(({ code }) => code === roll)
    if (!first || !marked) throw new Error('no block')
    const place = stage(<RollCard block={first} day={DAY} />)
    await show(
      <Screen hand={hand}>
        <Today />
        <place.Stage />
      </Screen>,
    )
    /** C.D.'s goal in the first, second … block of the day. */
    const run = (n: number) => due().getByRole('listitem').filter({ hasText: 'Leaves seat' }).nth(n)
    const runs = async (expected: readonly RegExp[]) => {
      for (const [n, words] of expected.entries()) await expect.element(run(n)).toMatchTextContent(words)
    }
    const absent = /Student absent.*not run$/
    await runs([/now$/, /9:20$/, /10:10$/, /11:10$/])
    await expect.element(due()).toMatchTextContent('0 of 5 done')

    await page.getByRole('button', { name: 'All 3 here' }).click()
    await page
      .getByRole('region', { name: 'Who is here' })
      .getByRole('button', { name: /C\.D\./ })
      .click()
    await runs([absent, absent, absent, absent])
    await expect.element(due()).toMatchTextContent('4 of 5 done')

    hand.clock.advance(at('10:20') - at('08:35'))
    await runs([absent, absent, absent, absent])
    place.put(<Presences block={marked} day={DAY} students={hand.me.students} />)
    const row = page.getByRole('listitem').filter({ has: page.getByRole('group', { name: 'C.D.' }) })
    await row.getByRole('button', { name: 'Late' }).click()
    await expect.element(row).toMatchTextContent(late)
    await expect.element(row).toMatchTextContent('10:20, Maya Ortiz')

    await runs([absent, absent, /now$/, /11:10$/])
    await expect.element(due()).toMatchTextContent('2 of 5 done')
    await expect
      .element(page.getByRole('region', { name: 'Writing', exact: true }))
      .toMatchTextContent('Start 1 goal')
    // nobody said anything of the others
    await expect
      .element(due().getByRole('listitem').filter({ hasText: 'Requesting' }))
      .toMatchTextContent(/not recorded$/)

    await page.getByRole('button', { name: 'Undo' }).last().click()
    await runs([absent, absent, absent, absent])
  },
)
