/** What the screens of messages read from the device. */
import type { Device } from '../../../platform/web/store/device.ts'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import type { Me, MyStudent } from '../../schedule/model.ts'
import { isOpenTo, repliesTo, threadsFrom, type Said, type Thread } from '../threads.ts'

/** Messages about one student, the newest first. */
export function useThreads(student: string): readonly Thread[] {
  return JSON.parse(useFromDevice((device) => JSON.stringify(threadsIn(device, student)))) as Thread[]
}

export interface Unread {
  readonly student: MyStudent
  readonly thread: Thread
  /** What came back to me; null: the message itself is to me. */
  readonly reply: Said | null
}

/** What is said to me about students of mine and I have not read, the oldest first. */
export function useUnread(me: Me): readonly Unread[] {
  const text = useFromDevice((device) => JSON.stringify(unreadIn(device, me)))
  return JSON.parse(text) as Unread[]
}

function unreadIn(device: Device, me: Me): Unread[] {
  // before the first whole pull nothing says who has read what
  if (device.status().lastSynced === null) return []
  const person = me.person.id
  return me.students
    .flatMap((student) =>
      threadsIn(device, student.id).flatMap((thread): Unread[] => [
        ...(isOpenTo(thread, person) ? [{ student, thread, reply: null }] : []),
        ...repliesTo(thread, person).map((reply) => ({ student, thread, reply })),
      ]),
    )
    .toSorted((a, b) => ((a.reply ?? a.thread).at < (b.reply ?? b.thread).at ? -1 : 1))
}

function threadsIn(device: Device, student: string): Thread[] {
  const partition = device.partitionOf({ kind: 'messages.note', student, refs: {} })
  return partition === null ? [] : threadsFrom(device.records(partition))
}
