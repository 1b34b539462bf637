/**
 * Somebody else is recording this goal now. Two may, and both are kept; only nobody does it unknowing (domain C.0
 * rule 8). Observing is the other way: the same session again, blind, to see how far two people agree.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Eye, Users } from 'lucide-react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import type { Me } from '../../schedule/model.ts'
import type { SessionState } from '../state.ts'
import styles from './GoalCard.module.css'

export interface TakenProps {
  readonly others: readonly SessionState[]
  readonly me: Me
  readonly onObserve: (watched: SessionState) => void
  readonly onAlongside: () => void
}

export function Taken({ others, me, onObserve, onAlongside }: TakenProps) {
  const { t } = useLingui()
  const { person } = useDevice()
  const formats = useFormats(me.district.tz)
  const [watched] = others
  if (!watched) return null
  const isMe = watched.by === person
  const name = me.people.find((one) => one.id === watched.by)?.name ?? t`another adult`
  const since = formats.clock(watched.started)
  return (
    <>
      <Notice tone="info" icon={Users}>
        {isMe ? (
          <Trans>Already being recorded by you, on another device, since {since}.</Trans>
        ) : (
          <Trans>
            Already being recorded by <strong>{name}</strong>, since {since}.
          </Trans>
        )}
      </Notice>
      <div className={styles.full}>
        {!isMe && (
          <Button variant="primary" size="pad" icon={Eye} onClick={() => onObserve(watched)}>
            <Trans>Observe with</Trans>
          </Button>
        )}
        <Button size="pad" onClick={onAlongside}>
          <Trans>Record it too</Trans>
        </Button>
      </div>
    </>
  )
}
