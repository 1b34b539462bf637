/** What is shown when a screen fails: plain words, what is safe, and ways on. Never a stack, never a student's data. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CloudOff, Home, RotateCcw, Unplug } from 'lucide-react'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { PlainPage } from './Page.tsx'
import { useWindowTitle } from './title.ts'
import styles from './Plain.module.css'

/** A page of its own: the frame itself failed. */
export function Broken({ error }: { error: unknown }) {
  return (
    <PlainPage>
      <Words error={error} />
    </PlainPage>
  )
}

/** Within the frame: one screen failed, the others are a tap away. */
export function BrokenScreen({ error }: { error: unknown }) {
  return (
    <div className={styles.within}>
      <Words error={error} />
    </div>
  )
}

function Words({ error }: { error: unknown }) {
  const { t } = useLingui()
  const missing = isMissingPart(error)
  useWindowTitle(missing ? t`Not on this device` : t`Something went wrong`)
  return (
    <Card as="section" className={styles.card}>
      <span className={styles.mark}>
        {missing ? <CloudOff size={28} aria-hidden /> : <Unplug size={28} aria-hidden />}
      </span>
      <h1>
        {missing ? (
          <Trans>This screen is not on this device yet</Trans>
        ) : (
          <Trans>This screen stopped working</Trans>
        )}
      </h1>
      <p>
        {missing ? (
          <Trans>
            It comes with a newer version of Handrail. Connect once and load the page again. What you recorded
            is kept.
          </Trans>
        ) : (
          <Trans>
            What you recorded is kept on this device and goes to the team as usual. Load the page again, or go
            back to the start.
          </Trans>
        )}
      </p>
      <Button variant="primary" icon={RotateCcw} onClick={() => location.reload()}>
        <Trans>Load again</Trans>
      </Button>
      <Button icon={Home} onClick={() => location.assign('/')}>
        <Trans>Go to the start</Trans>
      </Button>
      <details className={styles.details}>
        <summary>
          <Trans>For the person who looks after Handrail</Trans>
        </summary>
        <code>{error instanceof Error ? error.name : typeof error}</code>
      </details>
    </Card>
  )
}

/** A part of the program that is neither on the device nor at the server any more (names carry a hash of each build). */
function isMissingPart(error: unknown): boolean {
  return error instanceof Error && /imported module|module script|preload CSS/i.test(error.message)
}
