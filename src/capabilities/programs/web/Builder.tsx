/**
 * The program builder: every step on one page, saved as a draft while one works, published as the next version. The
 * side (below on a phone) says what is still needed and where.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, CircleDashed, Copy, Split, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { clashOf, rebase } from '../diff.ts'
import { SET_ASIDE } from '../drafts.ts'
import { soundnessOf, type Unsound } from '../soundness.ts'
import { draftOf, readWorking, toBody, type FieldProblem, type Working } from '../working.ts'
import { AimSection } from './AimSection.tsx'
import { Conflict } from './Conflict.tsx'
import { BuildingContext } from './context.ts'
import { CopySheet } from './CopySheet.tsx'
import { draftRecord, useDesk, type First, type Start } from './desk.ts'
import { FormsSection } from './FormsSection.tsx'
import { DefinitionSection, GoalSection } from './GoalSection.tsx'
import { MasterySection } from './MasterySection.tsx'
import { MeasureSection } from './MeasureSection.tsx'
import { Preview, type PadCard } from './Preview.tsx'
import { PromptSection } from './PromptSection.tsx'
import { PublishSheet } from './PublishSheet.tsx'
import { Section } from './Section.tsx'
import { BothChanged, Elsewhere, Others, type Clash } from './Together.tsx'
import { TeachingSection } from './TeachingSection.tsx'
import { useMe, useOwned, type Subject } from './useMine.ts'
import { fieldName, fieldProblemWords, unsoundWords } from './words.ts'
import styles from './builder.module.css'

interface BuilderProps {
  readonly subject: Subject
  readonly card: PadCard
  readonly first: First
}

export function Builder({ subject, card, first }: BuilderProps) {
  const { t } = useLingui()
  const { program, student, history } = subject
  const device = useDevice()
  const me = useMe()
  const navigate = useNavigate()
  const act = useAct()
  const owned = useOwned()
  const desk = useDesk({ program, student: student.id }, first)
  const [asked, setAsked] = useState(false)
  const [clash, setClash] = useState<Clash | null>(null)
  const [sheet, setSheet] = useState<'publish' | 'copy' | null>(null)
  const { working, start, own, saved } = desk.state
  const { standing, rivals, versions } = history
  const number = (versions.at(-1)?.body.number ?? 0) + 1
  const read = toBody(working, number)
  const body = 'body' in read ? read.body : null
  const problems = 'problems' in read ? read.problems : []
  const unsound = body ? soundnessOf(body, dayOf(device.clock.now(), me?.district.tz ?? 'UTC')) : []
  const isDraft = own.length > 0 || saved !== 'clean'
  const { base, version } = start
  const isBehind =
    standing !== null && (version === null ? base < standing.body.number : version !== standing.id)
  const overtaken = isBehind && isDraft ? standing : null
  const from = readWorking(
    (versions.find(({ id }) => id === version) ?? versions.findLast((one) => one.body.number === base))?.body,
  )
  const bring = (next: Start, theirs: Working, name: string) => {
    setClash({ name, theirs: clashOf(from, working, theirs) })
    desk.rebase(next, rebase(from, working, theirs))
    // kept before anything of the other is set aside
    desk.flush()
  }

  const setAside = () => {
    const about = { program, student: student.id }
    const words = draftOf(working)
    desk.discard()
    act({
      drafts: [draftRecord(about, { start, own }, SET_ASIDE)],
      said: t`The draft is set aside.`,
      undo: (made) => [draftRecord(about, { start, own: made.map(({ id }) => id) }, words)],
    })
    void navigate({ to: '/programs' })
  }
  const publish = () => {
    setAsked(true)
    if (body && unsound.length === 0 && !overtaken) {
      desk.flush()
      setSheet('publish')
      return
    }
    const place = overtaken ? 'overtaken' : problems[0] ? sectionOf(problems[0].path[0] ?? '') : 'needs'
    document.querySelector<HTMLElement>(`#${place}-title`)?.focus()
  }
  const nowNumber = standing?.body.number ?? 0
  return (
    <BuildingContext
      value={{
        working,
        change: desk.change,
        problemOf: (key) => {
          const found = problems.find(({ path }) => path.join('.') === key)
          return found && (asked || found.kind !== 'missing') ? found : undefined
        },
      }}
    >
      <Page width="wide">
        <PageHeader
          title={working.title.trim() === '' ? t`New goal` : working.title}
          subtitle={
            nowNumber === 0
              ? t`not published yet`
              : isDraft
                ? t`draft of version ${number}`
                : t`version ${nowNumber} is in use`
          }
          before={<Who initials={student.initials} color={student.color} />}
          back="/programs"
        />
        <div className={styles.builder}>
          <div className={styles.sections}>
            {rivals.length > 0 && standing && (
              <Conflict subject={subject} standing={standing} rivals={rivals} />
            )}
            {overtaken && (
              <Notice
                tone="wait"
                icon={Split}
                announce
                action={
                  <Button
                    onClick={() => {
                      const next = { base: overtaken.body.number, version: overtaken.id }
                      bring(next, readWorking(overtaken.body), nameOf(overtaken.author))
                    }}
                  >
                    <Trans>Carry my changes over</Trans>
                  </Button>
                }
              >
                <Overtaken author={nameOf(overtaken.author)} number={overtaken.body.number} base={base} />
              </Notice>
            )}
            {clash && <BothChanged clash={clash} onTake={desk.change} onClose={() => setClash(null)} />}
            <Elsewhere subject={subject} own={own} onTake={bring} />
            <Others subject={subject} onTake={bring} />
            <GoalSection />
            <DefinitionSection />
            <MeasureSection />
            <PromptSection />
            <TeachingSection />
            <MasterySection subject={subject} />
            <FormsSection />
            <AimSection subject={subject} working={working} />
            <Section
              id="preview"
              title={t`On the pad`}
              lead={t`What the para sees before the first tap. It cannot be tapped here.`}
            >
              <Preview card={card} program={program} student={student.id} body={body} />
            </Section>
          </div>
          <aside className={styles.side} aria-label={t`State of this program`}>
            <Saved saved={saved} isDraft={isDraft} />
            {isDraft && !overtaken && (
              <Needs problems={problems} unsound={unsound} measure={working.measure} />
            )}
            <Button variant="primary" wide onClick={publish} disabled={!isDraft && saved === 'clean'}>
              {nowNumber === 0 ? t`Publish …` : t`Publish the change …`}
            </Button>
            <Places />
            <div className={styles.row}>
              <Button variant="ghost" icon={Copy} onClick={() => setSheet('copy')}>
                <Trans>Copy to another student</Trans>
              </Button>
              {isDraft && (
                <Button variant="ghost" icon={Trash2} onClick={setAside}>
                  <Trans>Set the draft aside</Trans>
                </Button>
              )}
            </div>
          </aside>
        </div>
      </Page>
      {sheet === 'publish' && body && !overtaken && (
        <PublishSheet
          subject={subject}
          body={body}
          onClose={() => setSheet(null)}
          onPublished={() => {
            desk.discard()
            setSheet(null)
            void navigate({ to: '/goals/$program', params: { program } })
          }}
        />
      )}
      {sheet === 'copy' && (
        <CopySheet
          working={working}
          from={student.id}
          students={[...owned.filter(({ id }) => id !== student.id), student]}
          onClose={() => setSheet(null)}
          onCopied={(copy) => void navigate({ to: '/programs/$program', params: { program: copy } })}
        />
      )}
    </BuildingContext>
  )

  function nameOf(id: string): string {
    return me?.people.find((one) => one.id === id)?.name ?? ''
  }
}

function Overtaken({ author, number, base }: { author: string; number: number; base: number }) {
  return (
    <p id="overtaken-title" tabIndex={-1}>
      <Trans>
        {author} published version {number} meanwhile. Your draft began from version {base}. Nothing of it is
        lost: what you changed can be carried over, the rest is taken from version {number}.
      </Trans>
    </p>
  )
}

function Saved({ saved, isDraft }: { saved: string; isDraft: boolean }) {
  return (
    <p className={styles.saved} role="status">
      {saved === 'too_large' ? (
        <>
          <CircleAlert size={18} aria-hidden />
          <Trans>Too large to be kept. Take out a passage or two.</Trans>
        </>
      ) : saved === 'failed' ? (
        <>
          <CircleAlert size={18} aria-hidden />
          <Trans>This device could not keep it. Leave the page open and free some space.</Trans>
        </>
      ) : saved === 'typing' || saved === 'keeping' ? (
        <>
          <CircleDashed size={18} aria-hidden />
          <Trans>Typing …</Trans>
        </>
      ) : isDraft ? (
        <>
          <CircleCheck size={18} aria-hidden />
          <Trans>Kept as a draft</Trans>
        </>
      ) : (
        <Trans>Nothing changed</Trans>
      )}
    </p>
  )
}

/** What is missing or cannot work, each with the way to its place. */
function Needs({
  problems,
  unsound,
  measure,
}: {
  problems: readonly FieldProblem[]
  unsound: readonly Unsound[]
  measure: Working['measure']
}) {
  const { i18n } = useLingui()
  const count = problems.length + unsound.length
  return (
    <div className={styles.needs}>
      <h2 id="needs-title" tabIndex={-1}>
        {count === 0 ? (
          <Trans>Ready to be published</Trans>
        ) : (
          <Plural
            value={count}
            one="# thing before it can be published"
            other="# things before it can be published"
          />
        )}
      </h2>
      <ul>
        {problems.map(({ path, kind }) => (
          <li key={path.join('.')}>
            <a href={`#${sectionOf(path[0] ?? '')}`}>{fieldName(i18n, path.at(-1) ?? '', measure)}</a>
            {': '}
            {fieldProblemWords(i18n, kind)}
          </li>
        ))}
        {unsound.map((one, n) => (
          <li key={n}>{unsoundWords(i18n, one)}</li>
        ))}
      </ul>
    </div>
  )
}

/** The sections of this long page, beside a mouse. */
function Places() {
  const { t } = useLingui()
  const places = [
    ['goal', t`The goal`],
    ['what', t`What is measured`],
    ['how', t`How it is measured`],
    ['teaching', t`Teaching`],
    ['mastery', t`When it is mastered`],
    ['preview', t`On the pad`],
  ]
  return (
    <nav className={styles.places} aria-label={t`Go to a section`}>
      {places.map(([id, name]) => (
        <a key={id} href={`#${id}`}>
          {name}
        </a>
      ))}
    </nav>
  )
}

function sectionOf(key: string): string {
  switch (key) {
    case 'goal':
    case 'criterion':
    case 'title':
      return 'goal'
    case 'definition':
    case 'examples':
    case 'non_examples':
    case 'direction':
      return 'what'
    case 'measure':
      return 'how'
    case 'mastery':
      return 'mastery'
    case 'forms':
      return 'forms'
    default:
      return 'teaching'
  }
}
