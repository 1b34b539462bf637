/** One goal of a report that is being written: its numbers, its sentence, its rating, and what stands against it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { RotateCcw, Send } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import type { GoalFacts } from '../goal-report.ts'
import { RATINGS, type Edit, type Language, type Rating } from '../records.ts'
import type { Sentences } from '../rules.ts'
import { blocksOf, draftSentence, type Block } from '../sentence.ts'
import { Facts } from './Facts.tsx'
import { TextArea } from './TextArea.tsx'
import { BLOCK_WORDS, RATING_WORDS } from './words.ts'
import styles from './reports.module.css'

export interface Written {
  readonly facts: GoalFacts
  readonly included: boolean
  readonly rating: Rating | null
  /** The rating is that of the data, and nobody chose it yet. */
  readonly isSuggested: boolean
  readonly sentence: string
  readonly change: string
}

interface GoalEditorProps {
  readonly written: Written
  readonly lang: Language
  readonly owner: boolean
  /** What is missing is told, too. */
  readonly told: boolean
  readonly names: readonly { readonly id: string; readonly name: string }[]
  readonly proposed: Sentences['proposed']
  readonly onEdit: (patch: Omit<Edit, 'program'>) => void
  readonly onPropose: (text: string) => void
}

/** Told only when somebody wants to finish; the others as soon as they stand there. */
const MISSING: readonly Block[] = ['sentence_missing', 'rating_missing', 'change_missing']

export function GoalEditor({ owner, ...props }: GoalEditorProps) {
  return (
    <Card as="section" className={styles.goal}>
      <div className={styles.grow}>
        <h2>{props.written.facts.title}</h2>
        <p className={styles.quiet}>{props.written.facts.criterion}</p>
      </div>
      {owner ? <OwnersPart {...props} /> : <ProposersPart {...props} />}
    </Card>
  )
}

function OwnersPart({ written, lang, told, names, proposed, onEdit }: Omit<GoalEditorProps, 'owner'>) {
  const { t, i18n } = useLingui()
  const { facts, included, rating, isSuggested, sentence, change } = written
  const blocks = blocksOf(written).filter((one) => told || !MISSING.includes(one))
  const drafted = draftSentence(facts, lang)
  const others = proposed.filter(({ text }) => text !== sentence).slice(-3)
  const of = (kinds: readonly Block[]) => blocks.filter((one) => kinds.includes(one))
  return (
    <>
      <Switch label={t`In this report`} on={included} onChange={(next) => onEdit({ included: next })} />
      {included && (
        <>
          <Facts goal={facts} />
          <TextArea
            label={t`What the data show`}
            lang={lang}
            value={sentence}
            onChange={(next) => onEdit({ sentence: next })}
            below={<Blocks blocks={of(['sentence_missing', 'no_number', 'vague'])} />}
          />
          {sentence !== drafted && (
            <Button icon={RotateCcw} onClick={() => onEdit({ sentence: drafted })}>
              <Trans>The sentence from the data</Trans>
            </Button>
          )}
          {others.map(({ id, by, text }) => (
            <div key={id} className={styles.proposed}>
              <p>
                <span className={styles.quiet}>{names.find((one) => one.id === by)?.name}: </span>
                {text}
              </p>
              <Button onClick={() => onEdit({ sentence: text })}>
                <Trans>Use this sentence</Trans>
              </Button>
            </div>
          ))}
          <div className={styles.field}>
            <Select
              label={t`Rating`}
              options={RATINGS.map((value) => ({ value, label: i18n._(RATING_WORDS[value]) }))}
              value={rating}
              onChange={(next) => onEdit({ rating: next })}
              placeholder={t`Choose`}
            />
            {isSuggested && (
              <span>
                <Tag tone="info">
                  <Trans>Suggested from the data; you decide</Trans>
                </Tag>
              </span>
            )}
            <Blocks blocks={of(['rating_missing'])} />
          </div>
          {(rating === 'insufficient' || change !== '') && (
            <TextArea
              label={t`What will change`}
              lang={lang}
              value={change}
              onChange={(next) => onEdit({ change: next })}
              below={<Blocks blocks={of(['change_missing'])} />}
            />
          )}
        </>
      )}
    </>
  )
}

function ProposersPart({ written, lang, proposed, onPropose }: Omit<GoalEditorProps, 'owner'>) {
  const { t } = useLingui()
  const { facts } = written
  const drafted = draftSentence(facts, lang)
  const [own, setOwn] = useState<string | null>(null)
  const text = own ?? proposed.at(-1)?.text ?? drafted
  const blocks = blocksOf({ sentence: text, rating: 'sufficient', change: '' })
  const isSent = proposed.at(-1)?.text === text
  return (
    <>
      <Facts goal={facts} />
      <TextArea
        label={t`What the data show`}
        lang={lang}
        value={text}
        onChange={setOwn}
        below={<Blocks blocks={blocks} />}
      />
      <div className={styles.actions}>
        <Button
          variant="primary"
          icon={Send}
          disabled={blocks.length > 0 || isSent}
          onClick={() => onPropose(text.trim())}
        >
          {isSent ? <Trans>With the teacher</Trans> : <Trans>Send to the teacher</Trans>}
        </Button>
        {text !== drafted && (
          <Button icon={RotateCcw} onClick={() => setOwn(drafted)}>
            <Trans>The sentence from the data</Trans>
          </Button>
        )}
      </div>
    </>
  )
}

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  const { i18n } = useLingui()
  if (blocks.length === 0) return null
  return (
    <div role="status">
      <ul className={styles.blocks}>
        {blocks.map((block) => (
          <li key={block}>{i18n._(BLOCK_WORDS[block])}</li>
        ))}
      </ul>
    </div>
  )
}
