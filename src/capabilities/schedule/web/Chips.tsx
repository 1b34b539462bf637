/** Several students in a row, as initials on their colors. */
import { Who } from '../../../platform/web/kit/Who.tsx'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { Me } from '../model.ts'
import styles from './Chips.module.css'

export function Chips({ ids, me }: { ids: readonly Uuid[]; me: Me }) {
  const students = ids.flatMap((id) => me.students.find((one) => one.id === id) ?? [])
  if (students.length === 0) return null
  return (
    <span className={styles.chips}>
      {students.map((student) => (
        <Who key={student.id} initials={student.initials} color={student.color} size="s" />
      ))}
    </span>
  )
}
