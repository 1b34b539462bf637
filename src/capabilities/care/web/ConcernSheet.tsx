/** One concern, opened: of whom, what was seen, when and by whom. Nothing about a body beyond its sign. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CircleAlert, Signpost, Unplug } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../../platform/web/http.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import type { Sign } from '../concerns.ts'
import { ConcernSeen, OpenConcern } from '../wire.ts'
import { SeenBy } from './SeenBy.tsx'
import { MEAL, SAFETY } from './words.ts'
import styles from './Concerns.module.css'

interface ConcernSheetProps {
  readonly id: string
  /** I have said before that I have seen it. */
  readonly seen: boolean
  readonly onClose: () => void
  /** Ends when the list says so too. */
  readonly onSeen: () => Promise<void>
}

export function ConcernSheet({ id, seen, onClose, onSeen }: ConcernSheetProps) {
  const { t } = useLingui()
  const toasts = useToasts()
  const { value, status } = useOnline(OpenConcern, `/api/care/concerns/${id}`)
  const [state, setState] = useState<'reading' | 'saying' | 'failed'>('reading')
  const say = async () => {
    setState('saying')
    try {
      await ask(ConcernSeen, `/api/care/concerns/${id}/seen`, { method: 'POST', body: {} })
      toasts.show({ text: t`Seen. It is among what is settled now.` })
      await onSeen()
    } catch {
      setState('failed')
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Marked during care`}
      actions={
        value &&
        !seen && (
          <Button variant="primary" icon={Check} busy={state === 'saying'} onClick={() => void say()}>
            <Trans>I have seen it</Trans>
          </Button>
        )
      }
    >
      {!value && status === 'asking' && (
        <p className={styles.quiet} role="status">
          <Trans>Asking the school’s server …</Trans>
        </p>
      )}
      {!value && status === 'offline' && (
        <Notice icon={Unplug}>
          <Trans>This is read from the school’s server, and there is no connection right now.</Trans>
        </Notice>
      )}
      {status === 'gone' && (
        <Notice icon={Signpost}>
          <Trans>It was withdrawn, or somebody else looks after this student now.</Trans>
        </Notice>
      )}
      {value && <Content concern={value} />}
      {state === 'failed' && (
        <Notice tone="wait" icon={CircleAlert} announce>
          <Trans>That did not reach the school’s server. Nothing has changed; try again.</Trans>
        </Notice>
      )}
    </Dialog>
  )
}

function Content({ concern }: { concern: OpenConcern }) {
  const { student, at, by, meal, signs, seen, program } = concern
  const { i18n, t } = useLingui()
  const formats = useFormats(meOf(useValue('me'))?.district.tz ?? 'UTC')
  const word = (sign: Sign) => (sign === 'skin' ? t`Skin concern` : i18n._(SAFETY[sign]))
  const list = new Intl.ListFormat(i18n.locale, { type: 'conjunction' })
  return (
    <div className={styles.list}>
      <Who initials={student.initials} color={student.color} />
      <dl className={styles.facts}>
        <div>
          <dt>
            <Trans>What was seen</Trans>
          </dt>
          <dd>{list.format(signs.map(word))}</dd>
        </div>
        <div>
          <dt>
            <Trans>When</Trans>
          </dt>
          <dd>
            {formats.dateTime(at)} · {meal === null ? t`personal routine` : i18n._(MEAL[meal])}
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Who saw it</Trans>
          </dt>
          <dd>{by}</dd>
        </div>
      </dl>
      <SeenBy seen={seen} />
      <p className={styles.quiet}>
        <Trans>Nothing more is written down about a body. {by} can tell you what they saw.</Trans>
      </p>
      <ButtonLink to="/goals/$program" params={{ program }}>
        <Trans>The log it stands in</Trans>
      </ButtonLink>
    </div>
  )
}
