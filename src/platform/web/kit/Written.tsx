/** What somebody wrote, in a language that nobody recorded: a screen reader goes by the letters, and so does the direction. */
import type { ReactNode } from 'react'

export function Written({ children }: { readonly children: ReactNode }) {
  return (
    <span lang="" dir="auto">
      {children}
    </span>
  )
}
