/** One program at its own address: opens the desk on my draft of it, or on the published version. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Signpost } from 'lucide-react'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { Builder } from './Builder.tsx'
import type { PadCard } from './Preview.tsx'
import { useSubject } from './useMine.ts'

export function ProgramPage({ card }: { card: PadCard }) {
  const { program } = useScreenParams<'program'>()
  return <ProgramOf key={program} program={program} card={card} />
}

export function ProgramOf({ program, card }: { program: string; card: PadCard }) {
  const { t } = useLingui()
  const { person } = useDevice()
  const subject = useSubject(program)
  if (!subject)
    return (
      <Page>
        <PageHeader title={t`Program`} back="/programs" />
        <EmptyState icon={Signpost} title={t`Nothing is here`}>
          <p>
            <Trans>The link may be old, or somebody else decides about this goal.</Trans>
          </p>
        </EmptyState>
      </Page>
    )
  const { history, drafts, bodyOf, versionOf } = subject
  // of two from two devices the later one; the builder shows the other
  const mine = drafts.findLast(({ author }) => author === person)
  const { standing } = history
  const first = mine
    ? { base: mine.base, version: versionOf(mine.id), draft: mine.id, body: bodyOf(mine.id) }
    : {
        base: standing?.body.number ?? 0,
        version: standing?.id ?? null,
        draft: null,
        body: standing?.body,
      }
  // a version that is published while the page is open shows in it; the desk stays as it is
  return <Builder subject={subject} card={card} first={first} />
}
