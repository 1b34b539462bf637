/** The school's numbers that substitutes are given, kept by who leads it. They are those of places: a desk, not a person. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Phone } from 'lucide-react'
import { useState } from 'react'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { CALLS, Contacts, ContactsCommand } from '../../schedule/contacts.ts'
import { useCallWords } from './call-words.ts'
import styles from './invite.module.css'

export function ContactsCard({ school }: { school: string }) {
  const { value } = useOnline(Contacts, `/api/schools/${school}/contacts`)
  return value && <Numbers key={school} before={value} />
}

function Numbers({ before }: { before: Contacts }) {
  const { t } = useLingui()
  const words = useCallWords()
  const toasts = useToasts()
  const command = useCommand()
  const { school, name: _name, ...first } = before
  const [numbers, setNumbers] = useState<ContactsCommand>(first)
  const put = (what: keyof ContactsCommand) => (value: string) => setNumbers({ ...numbers, [what]: value })
  const save = async () => {
    if (await command.send(`/api/schools/${school}/contacts`, numbers, ContactsCommand))
      toasts.show({ text: t`The numbers are kept.` })
  }
  return (
    <Card as="section" className={styles.form} aria-labelledby="whom-they-call">
      <h2 id="whom-they-call">
        <Phone size={20} aria-hidden /> <Trans>Whom substitutes call</Trans>
      </h2>
      <div className={styles.fields}>
        {CALLS.map((what) => (
          <TextField
            key={what}
            label={words[what]}
            type="tel"
            value={numbers[what]}
            onChange={put(what)}
            error={command.wrong?.field === what ? t`Write a telephone number.` : undefined}
          />
        ))}
        <TextField
          label={t`What to say when help is needed`}
          value={numbers.words}
          onChange={put('words')}
          error={command.wrong?.field === 'words' ? t`A few words are enough.` : undefined}
        />
      </div>
      <Wrong wrong={command.wrong} marked={[...CALLS, 'words']} />
      <Button busy={command.busy} onClick={() => void save()}>
        <Trans>Save the numbers</Trans>
      </Button>
    </Card>
  )
}
