/** Whom a substitute calls: the adults of their students by name, the school's numbers to be tapped or read on paper. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Written } from '../../../platform/web/kit/Written.tsx'
import type { Me } from '../../schedule/model.ts'
import { CALLS, dialed } from '../../schedule/contacts.ts'
import { useCallWords } from './call-words.ts'
import styles from './brief.module.css'

/** Whose names stand beside a number. */
const ROLE = { teacher: 'case_manager', nurse: 'nurse', office: null, crisis: null } as const

export function WhomToCall({ me }: { me: Me }) {
  const { t } = useLingui()
  const words = useCallWords()
  const named = (role: string | null) => me.people.filter((one) => one.role === role).map(({ name }) => name)
  const contacts = me.contacts ?? []
  // the words of one school are no other one's; in what language they are is not known
  const help = contacts.length === 1 ? (contacts[0]?.words ?? '') : ''
  // of several schools, each number with its school
  const numbers = (what: (typeof CALLS)[number]) =>
    contacts.flatMap((one) => (one[what] === '' ? [] : [{ school: one.name, number: one[what] }]))
  return (
    <>
      <dl className={styles.call}>
        {CALLS.map((what) => {
          const [names, found] = [named(ROLE[what]), numbers(what)]
          if (names.length + found.length === 0) return null
          return (
            <div key={what}>
              <dt>{words[what]}</dt>
              <dd>
                {names.map((name) => (
                  <span key={name} dir="auto">
                    {name}
                  </span>
                ))}
                {found.map(({ school, number }) => (
                  <a key={`${school} ${number}`} href={dialed(number)} className={styles.number}>
                    {contacts.length > 1 ? `${school}: ${number}` : number}
                  </a>
                ))}
              </dd>
            </div>
          )
        })}
        {named('gened_teacher').length > 0 && (
          <div>
            <dt>{t`Class teacher`}</dt>
            <dd>
              {named('gened_teacher').map((name) => (
                <span key={name} dir="auto">
                  {name}
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
      <p>
        {help === '' ? (
          <Trans>
            Danger to life: 911 first, then the office. Anything that worries you: tell the nearest adult “I
            need help” and the room.
          </Trans>
        ) : (
          <Trans>
            Danger to life: 911 first, then the office. Anything that worries you: tell the nearest adult “
            <Written>{help}</Written>” and the room.
          </Trans>
        )}
      </p>
    </>
  )
}
