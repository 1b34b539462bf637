/** An invitation that was opened on a device on which somebody is signed in already. */
import { Trans, useLingui } from '@lingui/react/macro'
import { DoorOpen } from 'lucide-react'
import { EmptyState } from '../kit/EmptyState.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Page } from '../shell/Page.tsx'

export default function JoinElsewhere() {
  const { t } = useLingui()
  return (
    <Page>
      <PageHeader title={t`Invitation`} back="/more" />
      <EmptyState icon={DoorOpen} title={t`Somebody is signed in here`}>
        <p>
          <Trans>
            An invitation opens on the device of whoever was invited. Sign out here first, then open the link
            again.
          </Trans>
        </p>
      </EmptyState>
    </Page>
  )
}
