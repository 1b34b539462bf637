/** How it is measured: one of all ways, grouped by the question it answers, then that way's own fields. */
import { useLingui } from '@lingui/react/macro'
import { Lightbulb } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { CHOICES, choiceOf, FIELDS, metricOf, QUESTIONS, switchTo, type Choice } from '../fields.ts'
import { useBuilding, useMeasure } from './context.ts'
import { MeasureField } from './MeasureField.tsx'
import { Section } from './Section.tsx'
import { CHOICE, QUESTION, TIP } from './words.ts'
import styles from './builder.module.css'

export function MeasureSection() {
  const { t, i18n } = useLingui()
  const { working, change } = useBuilding()
  const { measure } = useMeasure()
  const chosen = choiceOf(measure)
  const [choosing, setChoosing] = useState(false)

  const take = (choice: Choice) => {
    const next = switchTo(choice, measure)
    const metric = metricOf(next)
    const { mastery } = working
    // the rule keeps its numbers and asks for what this measurement gives
    const rule = mastery && metric !== null ? { mastery: { ...mastery, metric } } : {}
    change({ measure: next, ...rule })
    setChoosing(false)
  }
  const tip = chosen && TIP[chosen.id]
  const [name, what] = (chosen && CHOICE[chosen.id]) ?? []
  // what only tells the choices of one system apart was chosen with them
  const fields = measure ? FIELDS[measure.system].filter(({ key }) => key !== chosen?.by) : []
  return (
    <Section id="how" title={t`How it is measured`} lead={t`Which question do the numbers answer?`}>
      {chosen && !choosing && name && what ? (
        <div className={styles.chosen}>
          <div>
            <strong>{i18n._(name)}</strong>
            <p>{i18n._(what)}</p>
          </div>
          <Button onClick={() => setChoosing(true)}>{t`Choose another`}</Button>
        </div>
      ) : (
        <div className={styles.questions}>
          {QUESTIONS.map((question) => (
            <div key={question} className={styles.question}>
              <h3>{i18n._(QUESTION[question])}</h3>
              <div className={styles.choices}>
                {CHOICES[question].map((choice) => {
                  const [title, words] = CHOICE[choice.id] ?? []
                  if (!title || !words) return null
                  return (
                    <button
                      key={choice.id}
                      type="button"

                      aria-pressed={choice === chosen}
                      className={styles.choice}
                      onClick={() => take(choice)}
                    >
                      <strong>{i18n._(title)}</strong>
                      <span>{i18n._(words)}</span>
                    </button>
                  )
                })}
              </div>
            </div>
          ))}
        </div>
      )}
      {tip && !choosing && <Notice icon={Lightbulb}>{i18n._(tip)}</Notice>}
      {!choosing && fields.length > 0 && (
        <div className={styles.fields}>
          {fields.map((field) => (
            <MeasureField key={`${measure?.system}.${field.key}`} field={field} />
          ))}
        </div>
      )}
    </Section>
  )
}
