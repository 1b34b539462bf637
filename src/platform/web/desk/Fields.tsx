/** Short fields of a form beside each other where there is room. */
import type { ReactNode } from 'react'
import styles from './Fields.module.css'

export function Fields({ children }: { readonly children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>
}
