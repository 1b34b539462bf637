/** Initials and colors of my students, from the document `me` on the device: all that the platform shows of a student. */
import { z } from 'zod'
import { useValue } from '../store/hooks.ts'

const Chips = z.looseObject({
  students: z.array(z.looseObject({ id: z.string(), initials: z.string(), color: z.number() })),
})

export interface StudentChip {
  readonly initials: string
  readonly color: number
}

export function useStudentChips(): ReadonlyMap<string, StudentChip> {
  const me = Chips.safeParse(useValue('me'))
  return new Map(me.data?.students.map(({ id, initials, color }) => [id, { initials, color }]))
}
