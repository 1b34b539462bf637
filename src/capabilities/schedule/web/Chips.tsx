/** Several students in a row, as initials on their colors. */
import { Who } from '../../../platform/web/kit/Who.tsx'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Me } from '../model.ts'
import styles from './Chips.module.css'

/** More than these need a line of their own on a phone. */
const MANY = 2

export function Chips({ ids, me }: { ids: readonly Uuid[]; me: Me }) {
  const students = me.students.filter((student) => ids.includes(student.id))
  if (students.length === 0) return null
  return (
    <span className={styles.chips} data-many={students.length > MANY || undefined}>
      {students.map((student) => (
        <Who key={student.id} initials={student.initials} color={student.color} size="s" />
      ))}
    </span>
  )
}
