/** Passages and word lists, pasted by the school (none are shipped: domain C.2). */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { useBuilding } from './context.ts'
import { TextArea, TextLine } from './Inputs.tsx'
import { Section } from './Section.tsx'
import { useError } from './useError.ts'
import styles from './builder.module.css'

export function FormsSection() {
  const { t } = useLingui()
  const { working, change } = useBuilding()
  const error = useError()
  const { forms, measure } = working
  if (measure?.system !== 'cbm' && forms.length === 0) return null
  return (
    <Section
      id="forms"
      title={t`Passages`}
      lead={t`Paste what your school may use. Each is used once before it comes again.`}
    >
      {error('forms') !== undefined && <p className={styles.error}>{error('forms')}</p>}
      <ol className={styles.rubric}>
        {forms.map((form, n) => {
          const put = (patch: Partial<typeof form>) => change({ forms: forms.with(n, { ...form, ...patch }) })
          const words = form.text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
          return (
            <li key={form.id}>
              <div className={styles.rubricHead}>
                <TextLine
                  label={t`Name of passage ${n + 1}`}
                  value={form.title}
                  onChange={(title) => put({ title: title.slice(0, 120) })}
                />
                <IconButton
                  icon={X}
                  label={t`Take passage ${n + 1} out`}
                  onClick={() => change({ forms: forms.toSpliced(n, 1) })}
                />
              </div>
              <TextArea
                label={t`Text of passage ${n + 1}`}
                rows={4}
                value={form.text}
                onChange={(text) => put({ text })}
                error={words === 0 ? t`no words yet` : undefined}
              />
              <p className={styles.quiet}>
                <Plural value={words} one="# word" other="# words" />
              </p>
            </li>
          )
        })}
      </ol>
      {forms.length < 30 && (
        <Button icon={Plus} onClick={() => change({ forms: [...forms, emptyForm(forms)] })}>
          <Trans>Add a passage</Trans>
        </Button>
      )}
    </Section>
  )
}

/** The id stays with the passage, so that a session can say which it used. */
function emptyForm(forms: readonly { readonly id: string }[]) {
  let n = forms.length + 1
  while (forms.some(({ id }) => id === `form-${n}`)) n += 1
  return { id: `form-${n}`, title: '', text: '' }
}
