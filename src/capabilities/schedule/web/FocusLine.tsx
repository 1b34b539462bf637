/** What the school sets before everybody on this day, quietly under the day's name; nothing where it set nothing. */
import { useLingui } from '@lingui/react/macro'
import { Compass } from 'lucide-react'
import { dayOf } from '../../../platform/core/days.ts'
import { focusOn, wordsOfFocus } from '../focus.ts'
import type { Me } from '../model.ts'
import styles from './Today.module.css'

export function FocusLine({ me, now }: { me: Me; now: number }) {
  const { t, i18n } = useLingui()
  const today = focusOn(me.focus ?? [], dayOf(now, me.district.tz))
  return today.map((focus) => {
    const { text, lang } = wordsOfFocus(focus, i18n.locale)
    return (
      <p key={focus.school} className={styles.focus}>
        <Compass size={18} role="img" aria-label={t`Focus of these days`} />
        <span lang={lang}>{text}</span>
      </p>
    )
  })
}
