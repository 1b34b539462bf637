/** The sentence that a school sets before everybody on Today: from a day to a day, in the languages it is given in. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { addDays } from '../../../platform/core/days.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { useDays } from '../../../platform/web/desk/days.ts'
import { Fields } from '../../../platform/web/desk/Fields.tsx'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { wordsOfFocus } from '../focus.ts'
import { FocusCommand, type CalendarPage, type FocusLine } from '../wire.ts'
import styles from './Calendar.module.css'

/** As many letters as the sentence may have. */
const LONGEST = 80
/** From Monday to Friday, as most are set. */
const WEEK = 4

interface Props {
  readonly page: CalendarPage
  readonly onDone: () => void
}

export function CalendarFocus({ page, onDone }: Props) {
  const [adding, setAdding] = useState(false)
  return (
    <section className={styles.section} aria-labelledby="focus">
      <div className={styles.head}>
        <h2 id="focus">
          <Trans>Focus of these days</Trans>
        </h2>
        <span className={styles.grow} />
        <Button icon={Plus} onClick={() => setAdding(true)}>
          <Trans>Set a focus</Trans>
        </Button>
      </div>
      <p className={styles.quiet}>
        <Trans>One sentence that everybody of the school reads on top of Today.</Trans>
      </p>
      <ul className={styles.posts}>
        {page.focuses.map((focus) => (
          <li key={focus.id}>
            <Line focus={focus} page={page} onDone={onDone} />
          </li>
        ))}
      </ul>
      {adding && (
        <NewFocus
          page={page}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false)
            onDone()
          }}
        />
      )}
    </section>
  )
}

function Line({ focus, page, onDone }: Props & { readonly focus: FocusLine }) {
  const { t, i18n } = useLingui()
  const days = useDays(page.today)
  const command = useCommand()
  const { text, lang } = wordsOfFocus(focus, i18n.locale)
  const others = Object.entries(focus.words).filter(([language]) => language !== lang)
  const withdraw = async () => {
    if (await command.send(`/api/schools/${page.school.id}/focus/${focus.id}/withdraw`, {})) onDone()
  }
  return (
    <Card as="article">
      <div className={styles.head}>
        <h3 lang={lang}>{text}</h3>
        <span className={styles.grow} />
        <IconButton
          icon={X}
          label={t`Take back: ${text}`}
          disabled={command.busy}
          onClick={() => void withdraw()}
        />
      </div>
      {others.map(([language, words]) => (
        <p key={language} lang={language} className={styles.quiet}>
          {words}
        </p>
      ))}
      <p className={styles.quiet}>{days.span(focus.from, focus.to)}</p>
      <Wrong wrong={command.wrong} />
    </Card>
  )
}

function NewFocus({ page, onClose, onDone }: Props & { readonly onClose: () => void }) {
  const { t } = useLingui()
  const [id] = useState(() => uuidv7(Date.now()))
  const [en, setEn] = useState('')
  const [es, setEs] = useState('')
  const [from, setFrom] = useState<string>(page.today)
  const [to, setTo] = useState<string>(addDays(page.today, WEEK))
  const command = useCommand()
  const save = async () => {
    const words = { en: en.trim(), ...(es.trim() !== '' && { es: es.trim() }) }
    if (await command.send(`/api/schools/${page.school.id}/focus`, { id, from, to, words }, FocusCommand))
      onDone()
  }
  const short = t`At most ${LONGEST} letters`
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Set a focus`}
      actions={
        <Button variant="primary" busy={command.busy} onClick={() => void save()}>
          <Trans>Save</Trans>
        </Button>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t`The sentence, in English`}
          description={short}
          value={en}
          onChange={setEn}
          error={command.wrong?.field === 'words' ? short : undefined}
          required
        />
        <TextField label={t`In Spanish`} value={es} onChange={setEs} />
        <Fields>
          <TextField label={t`First day`} type="date" value={from} onChange={setFrom} required />
          <TextField
            label={t`Last day`}
            type="date"
            value={to}
            onChange={setTo}
            error={command.wrong?.field === 'to' ? t`It ends before it begins.` : undefined}
            required
          />
        </Fields>
        <Wrong wrong={command.wrong} marked={['to', 'words']} />
      </div>
    </Dialog>
  )
}
