/** The mark and the name. */
import styles from './Brand.module.css'

export function Brand() {
  return (
    <p className={styles.brand}>
      <img src="/icon.svg" alt="" width="36" height="36" />
      Handrail
    </p>
  )
}
