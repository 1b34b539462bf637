/** What a field lacks, in words, once it was asked for. */
import { useLingui } from '@lingui/react'
import { useBuilding } from './context.ts'
import { fieldProblemWords } from './words.ts'

export function useError(): (key: string) => string | undefined {
  const { i18n } = useLingui()
  const { problemOf } = useBuilding()
  return (key) => {
    const problem = problemOf(key)
    return problem && fieldProblemWords(i18n, problem.kind)
  }
}
