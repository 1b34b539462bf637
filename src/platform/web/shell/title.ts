/** The window's title: the place and the product. Titles show on screens, in histories and on projectors, so they never say who. */
import { useEffect } from 'react'

/** `null`: the product alone. `undefined`: somebody inside says it (an effect of a parent runs after its children’s). */
export function useWindowTitle(place: string | null | undefined): void {
  useEffect(() => {
    if (place !== undefined) document.title = place ? `${place} · Handrail` : 'Handrail'
  }, [place])
}
