/** Why somebody cannot do something: who, the reason, the tasks it is about, and until when it was otherwise. */
import { Trans, useLingui } from '@lingui/react/macro'
import { taskNames } from '../../../platform/web/desk/tasks.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import type { Refusal } from '../model.ts'
import type { CoverBoard } from '../wire.ts'
import { REFUSAL } from './words.ts'

interface RefusalWordsProps {
  readonly board: CoverBoard
  readonly refusal: Omit<Refusal, 'students'>
}

export function RefusalWords({ board, refusal }: RefusalWordsProps) {
  const { i18n } = useLingui()
  const formats = useFormats('UTC')
  const reason = [i18n._(REFUSAL[refusal.code]), taskNames(i18n, refusal.tasks)]
    .filter((one) => one !== '')
    .join(' ')
  return (
    <>
      <Trans>
        Not {board.names[refusal.person]}: {reason}
      </Trans>
      {refusal.since !== null && (
        <>
          {' '}
          <Trans>(until {formats.dateShort(`${refusal.since}T12:00:00Z`)})</Trans>
        </>
      )}
    </>
  )
}
