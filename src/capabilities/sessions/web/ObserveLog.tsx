/**
 * To observe beside somebody who keeps a log (domain C14, C15, C18, D.8): from a begin to an end, into a log of one's own
 * that adds to no count. What the other records meanwhile is not shown here; how far both agree is read by who owns the
 * program, on the page of the goal.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Eye, Square } from 'lucide-react'
import { Suspense, useState, type ComponentType } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useDevice, useStates } from '../../../platform/web/store/hooks.ts'
import { behaviorView } from '../../behavior/rules.ts'
import { careView } from '../../care/rules.ts'
import type { LogPadProps } from '../log-pad.ts'
import { isOfCare } from '../measures.ts'
import { useAsked } from './asked.ts'
import type { LogCardProps } from './LogCard.tsx'
import styles from './Observe.module.css'

export interface ObserveLogProps extends LogCardProps {
  readonly initials: string
  readonly Pad: ComponentType<LogPadProps>
}

export default function ObserveLog({ program, system, place, me, initials, Pad }: ObserveLogProps) {
  const { t } = useLingui()
  const device = useDevice()
  const act = useAct()
  const asked = useAsked(me, place.day).find((one) => one.program === program.id)
  const [chosen, setChosen] = useState<string | null>(null)
  const logs = [
    ...useStates(behaviorView, `program:${program.id}`),
    ...useStates(careView, `program:${program.id}`),
  ].map(({ state }) => state)
  const own = logs.find(
    ({ watch, device: made }) =>
      made === device.id && watch?.observer === device.person && watch.to === null && watch.day === place.day,
  )
  const capability = isOfCare(system) ? 'care' : 'behavior'
  const people = me.people.filter(
    (one) => one.id !== device.person && (one.with?.includes(program.student) ?? true),
  )
  const nameOf = (id: string) => me.people.find((one) => one.id === id)?.name ?? t`another adult`
  const say = (is: 'begin' | 'end', log: string, adult: string, said: string) =>
    act({
      drafts: [
        {
          kind: `${capability}.watch`,
          body: { is },
          student: program.student,
          refs: { log, program: program.id, adult },
        },
      ],
      said,
      undo: (made) =>
        made.map(({ id, student }) => ({
          kind: `${capability}.void`,
          body: {},
          student,
          refs: { log, program: program.id },
          replaces: id,
          reason: 'mis_tap',
        })),
    })
  if (own?.watch) {
    const { adult } = own.watch
    const name = nameOf(adult)
    return (
      <div className={styles.card}>
        <p>
          <Tag tone="info" icon={Eye}>{t`You observe ${name}`}</Tag>
        </p>
        <Suspense>
          <Pad
            program={program}
            initials={initials}
            setting={place.block.place}
            day={place.day}
            log={own.log}
          />
        </Suspense>
        <Button
          size="pad"
          icon={Square}
          onClick={() => say('end', own.log, adult, t`The observation has ended`)}
        >
          <Trans>End the observation</Trans>
        </Button>
      </div>
    )
  }
  const adult = chosen ?? asked?.adult ?? null
  return (
    <div className={styles.card}>
      <Select
        label={t`Beside whom`}
        placeholder={t`Choose a person`}
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={adult}
        onChange={setChosen}
      />
      <Button
        variant="primary"
        size="pad"
        icon={Eye}
        disabled={adult === null}
        onClick={() =>
          adult !== null &&
          say('begin', uuidv7(device.clock.now()), adult, t`You observe beside ${nameOf(adult)}`)
        }
      >
        <Trans>Begin to observe</Trans>
      </Button>
      <p className={styles.quiet}>
        <Trans>Record what you see, each of you alone. What you record is compared and never added.</Trans>
      </p>
    </div>
  )
}
