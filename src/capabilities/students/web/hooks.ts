/** What the screens of students read from the device. */
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { useFromDevice, useRecords, useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me, MyStudent } from '../../schedule/model.ts'
import { plansFrom, type Plans } from '../plans.ts'
import { questionsFrom, questionsIn, type Question } from '../questions.ts'
import { standingCards, type SafetyCard } from './card.ts'

export function useMe(): Me | null {
  return meOf(useValue('me'))
}

/** My students now, by initials. Those whose time with me has ended are no longer among them. */
export function useMyStudents(): readonly MyStudent[] {
  return useMe()?.students ?? []
}

export interface Safety {
  /** The cards that stand: none, one, or several that contradict each other. */
  readonly cards: readonly SafetyCard[]
  /** A newer build of the app wrote something here that this one cannot read. */
  readonly needsUpdate: boolean
}

export function useSafety(student: string): Safety {
  const partition = usePartition(student, 'safety')
  const records = useRecords(partition)
  const needsUpdate = useFromDevice((device) => device.needsUpdate(partition))
  return { cards: standingCards(records), needsUpdate }
}

/** All that is published of a student here. */
export function usePlans(student: string): Plans {
  const safety = useNoun(student, 'safety')
  const profile = useNoun(student, 'profile')
  const health = useNoun(student, 'health')
  const glance = useNoun(student, 'glance')
  const acks = useNoun(student, 'ack')
  const briefs = useNoun(student, 'brief')
  return plansFrom([...safety, ...profile, ...health, ...glance, ...acks, ...briefs])
}

/** What was asked about a student, the newest first. */
export function useQuestions(student: string): readonly Question[] {
  return questionsFrom(useNoun(student, 'question'))
}

/** What was asked about students whose plans I manage, the newest first. */
export function useQuestionsToMe(me: Me | null): readonly { student: MyStudent; question: Question }[] {
  const mine = me?.students.filter(({ role }) => role === 'case_manager') ?? []
  const found = useFromDevice((device) =>
    JSON.stringify(mine.map((student) => ({ student, questions: questionsIn(device, student.id) }))),
  )
  return (JSON.parse(found) as { student: MyStudent; questions: Question[] }[])
    .flatMap(({ student, questions }) => questions.map((question) => ({ student, question })))
    .toSorted((a, b) => (a.question.at < b.question.at ? 1 : -1))
}

function useNoun(student: string, noun: string): readonly StoredRecord[] {
  return useRecords(usePartition(student, noun))
}

function usePartition(student: string, noun: string): string {
  return useFromDevice((device) => device.partitionOf({ kind: `students.${noun}`, student, refs: {} })) ?? ''
}

/** The name of an adult whom this device knows. */
export function nameOf(me: Me | null, person: string): string | null {
  return me?.people.find(({ id }) => id === person)?.name ?? null
}
