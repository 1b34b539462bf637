/** A model taken apart into what has nothing to do with each other: columns that share a row, directly or by others. */
import type { Goal, Milp, Row } from './milp.ts'

export interface Piece {
  readonly milp: Milp
  /** Which columns of the whole its columns are. */
  readonly columns: readonly number[]
}

export function piecesOf({ upper, rows, goals }: Milp): Piece[] {
  const root = upper.map((_, n) => n)
  const find = (n: number): number => {
    let at = n
    while (root[at] !== at) {
      root[at] = root[root[at] ?? at] ?? at
      at = root[at] ?? at
    }
    return at
  }
  for (const { columns } of rows)
    for (const column of columns) root[find(column)] = find(columns[0] ?? column)

  const pieces = new Map<number, { columns: number[]; rows: Row[]; goals: Goal[] }>()
  const place = new Map<number, number>()
  upper.forEach((_, column) => {
    const of = find(column)
    const piece: { columns: number[]; rows: Row[]; goals: Goal[] } = pieces.get(of) ?? {
      columns: [],
      rows: [],
      goals: [],
    }
    pieces.set(of, piece)
    place.set(column, piece.columns.push(column) - 1)
  })
  for (const row of rows) {
    const piece = pieces.get(find(row.columns[0] ?? 0))
    piece?.rows.push({ ...row, columns: row.columns.map((column) => place.get(column) ?? 0) })
  }
  for (const goal of goals)
    for (const [of, goalOfPiece] of splitGoal(goal, find, place)) pieces.get(of)?.goals.push(goalOfPiece)
  return [...pieces.values()].map((piece) => ({
    columns: piece.columns,
    milp: { upper: piece.columns.map((column) => upper[column] ?? 1), rows: piece.rows, goals: piece.goals },
  }))
}

interface Sum {
  readonly columns: number[]
  readonly values: number[]
  /** Part → minutes. */
  readonly parts: Map<number, number>
}

function splitGoal(
  goal: Goal,
  find: (column: number) => number,
  place: ReadonlyMap<number, number>,
): Map<number, Goal> {
  const split = new Map<number, Sum>()
  goal.columns.forEach((column, n) => {
    const of = find(column)
    const piece: Sum = split.get(of) ?? { columns: [], values: [], parts: new Map() }
    split.set(of, piece)
    piece.columns.push(place.get(column) ?? 0)
    piece.values.push(goal.values[n] ?? 0)
    const part = goal.parts?.[n]
    if (part !== undefined) piece.parts.set(part, goal.values[n] ?? 0)
  })
  return new Map(
    [...split].map(([of, { columns, values, parts }]) => [
      of,
      {
        name: goal.name,
        sense: goal.sense,
        ...(goal.soft && { soft: true }),
        columns,
        values,
        bound: [...parts.values()].reduce((sum, minutes) => sum + minutes, 0),
      },
    ]),
  )
}
