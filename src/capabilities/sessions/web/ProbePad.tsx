/** A cold probe (C13): the first trial of the day, before any teaching. One tap is the whole session. */
import { Trans, useLingui } from '@lingui/react/macro'
import { PadKey } from './PadKey.tsx'
import type { PadProps } from './pads.ts'
import styles from './Pads.module.css'

export default function ProbePad({ recorder }: PadProps<'probe'>) {
  const { t } = useLingui()
  const mark = (code: 'Y' | 'N', said: string) =>
    recorder.put([{ noun: 'mark', body: { n: 1, code } }], { said, ends: true })
  return (
    <div className={styles.pad}>
      <p className={styles.hint}>
        <Trans>First trial of the day, without help or teaching.</Trans>
      </p>
      <div className={styles.two}>
        <PadKey sign="+" word={t`yes`} tone="yes" onTap={() => mark('Y', t`yes`)} />
        <PadKey sign="–" word={t`not yet`} tone="no" onTap={() => mark('N', t`not yet`)} />
      </div>
    </div>
  )
}
