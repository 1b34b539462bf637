/** The table of a drawing whose cells are words alone. */
import { TableSheet } from './TableSheet.tsx'

interface FigureTableProps {
  caption: string
  headings: readonly string[]
  rows: readonly { key: string; cells: readonly string[] }[]
}

export function FigureTable({ caption, headings, rows }: FigureTableProps) {
  return (
    <TableSheet caption={caption}>
      <thead>
        <tr>
          {headings.map((heading, nth) => (
            <th key={nth} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [first, ...rest] }) => (
          <tr key={key}>
            <th scope="row">{first}</th>
            {rest.map((cell, nth) => (
              <td key={nth}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </TableSheet>
  )
}
