/** No such screen, or not one of this person's: the two look the same, on purpose. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Home, Signpost } from 'lucide-react'
import { EmptyState } from '../kit/EmptyState.tsx'
import { ButtonLink } from '../kit/Link.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Page } from './Page.tsx'
import { useWindowTitle } from './title.ts'

export default function NotFound() {
  const { t } = useLingui()
  useWindowTitle(t`Nothing is here`)
  return (
    <Page>
      <PageHeader title={t`Nothing is here`} />
      <EmptyState
        icon={Signpost}
        title={t`This address leads nowhere`}
        action={
          <ButtonLink to="/" variant="primary" icon={Home}>
            <Trans>Go to the start</Trans>
          </ButtonLink>
        }
      >
        <p>
          <Trans>The link may be old, or the screen belongs to another role.</Trans>
        </p>
      </EmptyState>
    </Page>
  )
}
