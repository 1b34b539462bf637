/** “3 of the last 4 points are below the goal line.” A fact; what follows from it is the owner's to decide. */
import { Plural } from '@lingui/react/macro'
import type { Standing } from '../goal.ts'

export function StandingWords({ standing: { of, short, direction } }: { standing: Standing }) {
  const more = direction === 'increase'
  if (short === 0)
    return more ? (
      <Plural
        value={of}
        one="The last point is on or above the goal line."
        other="The last # points are all on or above the goal line."
      />
    ) : (
      <Plural
        value={of}
        one="The last point is on or below the goal line."
        other="The last # points are all on or below the goal line."
      />
    )
  if (short === of)
    return more ? (
      <Plural
        value={of}
        one="The last point is below the goal line."
        other="The last # points are all below the goal line."
      />
    ) : (
      <Plural
        value={of}
        one="The last point is above the goal line."
        other="The last # points are all above the goal line."
      />
    )
  return more ? (
    <Plural
      value={short}
      one={`# of the last ${of} points is below the goal line.`}
      other={`# of the last ${of} points are below the goal line.`}
    />
  ) : (
    <Plural
      value={short}
      one={`# of the last ${of} points is above the goal line.`}
      other={`# of the last ${of} points are above the goal line.`}
    />
  )
}
