/** The way in for who has no camera: the code of a sheet, typed as it is printed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { readCode } from '../sheets/code.ts'
import styles from './reports.module.css'

export default function CodePage() {
  const { t } = useLingui()
  const [typed, type] = useState('')
  const code = readCode(typed)
  return (
    <Page>
      <PageHeader title={t`Key in a sheet`} back="/students" />
      <Card className={styles.stack}>
        <TextField
          label={t`Code of the sheet`}
          description={t`Eight letters and digits, beside the square pattern.`}
          value={typed}
          onChange={type}
          autoFocus
        />
        {code && (
          <div className={styles.actions}>
            <ButtonLink variant="primary" to="/sheet/$code" params={{ code }}>
              <Trans>Open the form</Trans>
            </ButtonLink>
          </div>
        )}
      </Card>
    </Page>
  )
}
