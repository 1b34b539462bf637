/** The other language, in its own words, one press away: for who cannot read the page yet. */
import { useLingui } from '@lingui/react'
import { Languages } from 'lucide-react'
import { Button } from '../kit/Button.tsx'
import { chooseLanguage, LANGUAGES, type LanguageCode } from '../i18n/language.ts'

export function LanguageSwitch() {
  const { i18n } = useLingui()
  const codes = Object.keys(LANGUAGES) as LanguageCode[]
  return codes
    .filter((code) => code !== i18n.locale)
    .map((code) => (
      <Button
        key={code}
        variant="ghost"
        icon={Languages}
        lang={code}
        onClick={() => void chooseLanguage(code)}
      >
        {LANGUAGES[code].name}
      </Button>
    ))
}
