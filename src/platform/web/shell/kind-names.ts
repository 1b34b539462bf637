/** What records are called in lists, as the capabilities say (WebCapability.kindNames). */
import { useLingui } from '@lingui/react'
import type { MessageDescriptor } from '@lingui/core'
import { createContext, useContext } from 'react'

export const KindNamesContext = createContext<Readonly<Record<string, MessageDescriptor>>>({})

/** A function from a kind to its name; a kind without a name is shown by its code. */
export function useKindName(): (kind: string) => string {
  const names = useContext(KindNamesContext)
  const { i18n } = useLingui()
  return (kind) => {
    const name = names[kind]
    return name ? i18n._(name) : kind
  }
}
