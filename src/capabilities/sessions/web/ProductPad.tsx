/**
 * Finished work (C11): the wrong items are tapped, the others are right in one tap. A second tap on an item says that
 * it was right after all. Where the plan asks for it and the family agreed, the work is photographed.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CheckCheck } from 'lucide-react'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { useTap } from '../../../platform/web/tap.ts'
import type { SessionItem } from '../state.ts'
import { useConsent } from './consent.ts'
import type { PadProps } from './pads.ts'
import { WorkPhoto } from './WorkPhoto.tsx'
import pads from './Pads.module.css'
import styles from './ProductPad.module.css'

export default function ProductPad(props: PadProps<'product'>) {
  const { measure, state, recorder, program, place, onFinish } = props
  const { t } = useLingui()
  const consent = useConsent(program.student)
  const standing = new Map((state?.items ?? []).map((item) => [item.n, item]))
  const all = Array.from({ length: measure.items }, (_, index) => index + 1)
  const rest = all.filter((n) => !standing.has(n))
  const wrong = all.filter((n) => standing.get(n)?.code === '-').length
  const press = (n: number, item: SessionItem | undefined) => {
    const code = item?.code === '-' ? '+' : '-'
    const put = { noun: 'mark', body: { n, code } } as const
    const said = code === '-' ? t`item ${n} wrong` : t`item ${n} right`
    if (item && state) recorder.change(state, item.id, put, 'mis_tap', said)
    else recorder.put([put], { said })
  }
  return (
    <div className={pads.pad}>
      <p className={pads.hint}>
        <Trans>Tap what is wrong; then the others are right.</Trans>
      </p>
      <div className={styles.items} role="group" aria-label={t`Items`}>
        {all.map((n) => (
          <Item key={n} n={n} item={standing.get(n)} onPress={press} />
        ))}
      </div>
      {rest.length > 0 ? (
        <Button
          size="pad"
          wide
          icon={CheckCheck}
          onClick={() =>
            recorder.put(
              rest.map((n) => ({ noun: 'mark', body: { n, code: '+' } })),
              { said: t`${rest.length} right` },
            )
          }
        >
          {rest.length === measure.items ? <Trans>All right</Trans> : t`The other ${rest.length} are right`}
        </Button>
      ) : (
        <Button variant="primary" size="pad" wide icon={Check} onClick={onFinish}>
          <Trans>Finish</Trans>
        </Button>
      )}
      <div className={pads.foot}>
        <p className={pads.figures}>{wrong > 0 && <span>{t`${wrong} wrong so far`}</span>}</p>
        {measure.photo && (
          <WorkPhoto
            isAllowed={consent?.photos.instruction_record ?? false}
            place={place.block.place}
            onPhoto={(jpeg) =>
              recorder.put([{ noun: 'photo', body: { jpeg, purpose: 'instruction_record' } }], {
                said: t`photo of the work`,
              })
            }
          />
        )}
      </div>
    </div>
  )
}

function Item({
  n,
  item,
  onPress,
}: {
  n: number
  item: SessionItem | undefined
  onPress: (n: number, item: SessionItem | undefined) => void
}) {
  const { t } = useLingui()
  const tap = useTap(() => onPress(n, item))
  const said = item ? (item.code === '-' ? t`Item ${n}: wrong` : t`Item ${n}: right`) : t`Item ${n}`
  return (
    <button
      {...tap}
      type="button"
      className={styles.item}
      data-code={item?.code}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault()
      }}
    >
      <VisuallyHidden>{said}</VisuallyHidden>
      <span aria-hidden>{n}</span>
      <span className={styles.sign} aria-hidden>
        {item ? (item.code === '-' ? '✗' : '✓') : ''}
      </span>
    </button>
  )
}
