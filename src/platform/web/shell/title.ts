/** The window's title: the place and the product. Titles show on screens, in histories and on projectors, so they never say who. */
import { useEffect } from 'react'

export function useWindowTitle(place: string | null): void {
  useEffect(() => {
    document.title = place ? `${place} · Handrail` : 'Handrail'
  }, [place])
}
