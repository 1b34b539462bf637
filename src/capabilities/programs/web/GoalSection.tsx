/** The IEP's own words, and what is measured: the definition with what counts and what does not. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { useBuilding } from './context.ts'
import { LinesField, TextArea, TextLine } from './Inputs.tsx'
import { Section } from './Section.tsx'
import { fieldName } from './words.ts'
import { useError } from './useError.ts'

export function GoalSection() {
  const { t, i18n } = useLingui()
  const { working, change } = useBuilding()
  const error = useError()
  return (
    <Section
      id="goal"
      title={t`The goal`}
      lead={t`Copy the words of the IEP. They stand above everything here.`}
    >
      <TextArea
        label={fieldName(i18n, 'goal')}
        value={working.goal}
        onChange={(goal) => change({ goal })}
        rows={3}
        error={error('goal')}
      />
      <TextArea
        label={fieldName(i18n, 'criterion')}
        hint={t`As it is written there, like “80 % across 3 sessions with 2 staff”. It wins over the rule below.`}
        value={working.criterion}
        onChange={(criterion) => change({ criterion })}
        rows={1}
        error={error('criterion')}
      />
      <TextLine
        label={fieldName(i18n, 'title')}
        hint={t`One or two words for the pad. No name, no initials.`}
        value={working.title}
        onChange={(title) => change({ title })}
        error={error('title')}
      />
    </Section>
  )
}

export function DefinitionSection() {
  const { t, i18n } = useLingui()
  const { working, change } = useBuilding()
  const error = useError()
  return (
    <Section id="what" title={t`What is measured`} lead={t`Two people who read this should tap the same.`}>
      <TextArea
        label={fieldName(i18n, 'definition')}
        hint={
          <Trans>
            What can be seen or heard? Where does it begin, where does it end? Not what the student wants,
            feels or knows.
          </Trans>
        }
        value={working.definition}
        onChange={(definition) => change({ definition })}
        rows={3}
        error={error('definition')}
      />
      <LinesField
        label={fieldName(i18n, 'examples')}
        hint={t`One a line. Include a close call that counts.`}
        value={working.examples}
        onChange={(examples) => change({ examples })}
        error={error('examples')}
      />
      <LinesField
        label={fieldName(i18n, 'non_examples')}
        hint={t`One a line. Include a close call that does not count.`}
        value={working.non_examples}
        onChange={(non_examples) => change({ non_examples })}
        error={error('non_examples')}
      />
      <Choice
        legend={fieldName(i18n, 'direction')}
        value={working.direction}
        onChange={(direction) => change({ direction })}
        options={[
          { value: 'increase', label: t`More is better` },
          { value: 'decrease', label: t`Less is better` },
        ]}
      />
    </Section>
  )
}
