/** A goal's newest weeks, small. The words beside it say the same, so it is hidden from screen readers. */
import type { GraphModel } from '../rules.ts'
import { spark } from '../spark.ts'
import styles from './Spark.module.css'

export function Spark({
  model,
  width = 96,
  height = 40,
}: {
  model: GraphModel
  width?: number
  height?: number
}) {
  const drawn = spark(model, { width, height })
  if (!drawn) return null
  return (
    <svg
      className={styles.spark}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden
    >
      <line className={styles.ground} x1={0} x2={width} y1={height} y2={height} />
      {drawn.phases.map(({ x, major }) => (
        <line key={x} className={major ? styles.major : styles.minor} x1={x} x2={x} y1={0} y2={height} />
      ))}
      {drawn.aim && <line className={styles.aim} {...drawn.aim} />}
      <path className={styles.line} d={drawn.line} />
      {drawn.dots.map(({ x, y, hollow }, n) => (
        <circle key={n} className={hollow ? styles.hollow : styles.dot} cx={x} cy={y} r={2.25} />
      ))}
    </svg>
  )
}
