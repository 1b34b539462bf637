/**
 * `npm run bench`: takes every figure of docs/benchmarks.md and prints it beside its floor of the same run.
 * `npm run bench -- B1 B6` takes some. A goal that is missed is said, and is no error.
 */
import { cpus } from 'node:os'
import { b1 } from './b1-record.ts'
import { b2 } from './b2-tap.ts'
import { b3 } from './b3-network.ts'
import { b4, b4large } from './b4-dashboard.ts'
import { b5, b5small } from './b5-monday.ts'
import { b6 } from './b6-start.ts'
import { b7 } from './b7-graph.ts'
import { b8 } from './b8-coverage.ts'
import { b9 } from './b9-district.ts'
import type { Figure, Line } from './frame.ts'

const figures: readonly Figure[] = [b1, b2, b3, b4, b5, b6, b7, b8, b9]
/** Only when asked for by name. */
const others: readonly Figure[] = [b4large, b5small]

const wanted = process.argv.slice(2).map((name) => name.toUpperCase())
const all = [...figures, ...others]
const unknown = wanted.filter((name) => !all.some((figure) => figure.id.toUpperCase() === name))
if (unknown.length > 0) {
  console.error(`No such figure: ${unknown.join(', ')}. There are: ${all.map(({ id }) => id).join(', ')}.`)
  process.exit(2)
}
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.version}`,
)
for (const figure of wanted.length === 0 ? figures : all) {
  if (wanted.length > 0 && !wanted.includes(figure.id.toUpperCase())) continue
  console.log(`\n### ${figure.id}: ${figure.question}\n`)
  console.log('| | ours | floor | goal | |\n|---|---|---|---|---|')
  for (const line of await figure.run()) console.log(rowOf(line))
}

function rowOf({ what, value, floor, goal, holds }: Line): string {
  const verdict = holds === undefined ? '' : holds ? 'holds' : '**missed**'
  return `| ${what} | ${value} | ${floor ?? ''} | ${goal ?? ''} | ${verdict} |`
}
