/** A device whose clock is wrong by more than five minutes (domain C.3): told, and asked whether the times are right. */
import { describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { Json } from '../../../platform/core/canonical.ts'
import { axeFindings } from '../../../platform/web/kit/testing.tsx'
import { at, type Hand } from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import { cardOf, expectSaid, padOf, sessionsOf, type PadSchool } from './testing.tsx'

const BEHIND = 42 * 60_000
const question = () => page.getByRole('region', { name: 'Are these times right?' })

describe('C.3 a clock that is wrong by more than five minutes', () => {
  let school: PadSchool
  let hand: Hand
  let doubt: NonNullable<Me['doubts']>[number]
  /** What the house says of it once it has come (schedule/server/times.ts). */
  const told = (one: typeof doubt) =>
    hand.device.setValue('me', { ...hand.me, doubts: [one] } as unknown as Json)
  const session = () => sessionsOf(hand, school.plans.crying)[0]
  const instants = () => [session()?.started, session()?.ended].map((one) => Date.parse(one ?? ''))

  /** Recorded at 8:52 by the school's clock while the device showed 8:10; the house has told of it. */
  const asked = async () => {
    const opened = await padOf(['crying'])
    school = opened.school
    hand = opened.hand
    hand.clock.wall -= BEHIND
    await cardOf('crying').getByRole('button', { name: 'Start Crying' }).click()
    hand.clock.advance(90_000)
    await cardOf('crying').getByRole('button', { name: 'Stop Crying' }).click()
    await cardOf('crying').getByRole('button', { name: 'Finish' }).click()
    await vi.waitUntil(() => session()?.status === 'complete')
    if (question().query()) throw new Error('asked before anybody doubted')
    doubt = {
      program: school.plans.crying,
      session: session()?.session ?? '',
      author: hand.me.person.id,
      offMs: BEHIND + 400,
    }
    await hand.sync()
    await told(doubt)
  }

  test('is said with the times as they are and as they would be, and put right in one tap', async () => {
    await asked()
    await expect.element(question()).toMatchTextContent('was 42 min behind the school’s')
    await expect
      .element(question())
      .toMatchTextContent(/8:10 AM–8:11 AM, by the school’s clock .*8:52 AM–8:53 AM/)
    await expect.poll(axeFindings).toEqual([])
    await question().getByRole('button', { name: 'Put right: 42 min later' }).click()
    await expect.element(question()).not.toBeInTheDocument()
    await expectSaid('times put right')
    expect(instants()).toEqual([at('08:52'), at('08:52') + 90_000])
    expect(session()).toMatchObject({
      items: [{ ms: 90_000 }],
      flags: ['times_moved'],
      times: { shiftMs: BEHIND },
    })
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.element(question()).toBeVisible()
    expect(instants()[0]).toBe(at('08:10'))
    await question().getByRole('button', { name: 'Put right: 42 min later' }).click()
    await hand.sync()
    expect(school.server.rows.at(-1)?.envelope).toMatchObject({
      kind: 'sessions.times',
      body: { shift_ms: BEHIND },
    })
  })

  test('or they are right, and stay as they are', async () => {
    await asked()
    await question().getByRole('button', { name: 'The time is right' }).click()
    await expect.element(question()).not.toBeInTheDocument()
    expect(instants()).toEqual([at('08:10'), at('08:10') + 90_000])
    expect(session()).toMatchObject({ flags: [], times: { shiftMs: 0, by: hand.me.person.id } })
  })

  test('of what somebody else recorded nobody is asked', async () => {
    await asked()
    await expect.element(question()).toBeVisible()
    await told({ ...doubt, author: 'somebody else' })
    await expect.element(question()).not.toBeInTheDocument()
  })
})
