/**
 * Cells that the rule of mastery asks for by name (domain D.7): with whom, where and with what it must also have been
 * shown. Each is a sentence; what is left open asks for nothing. Places and materials are those that the program names
 * or that sessions had.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { personOrRole, roleName } from '../../../platform/web/i18n/roles.ts'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { useStates } from '../../../platform/web/store/hooks.ts'
import { cellLine, MOST_CELLS } from '../../sessions/mastery.ts'
import { sessionView } from '../../sessions/rules.ts'
import type { LooseCell } from '../working.ts'
import { useBuilding } from './context.ts'
import { InlineSelect } from './Inputs.tsx'
import { namesOf, useMe, type Subject } from './useMine.ts'
import styles from './builder.module.css'

interface CellsFieldProps {
  readonly cells: readonly LooseCell[]
  readonly onChange: (cells: LooseCell[]) => void
  readonly subject: Subject
}

/** Roles of those who run programs with a student. */
const ROLES = ['substitute', 'para', 'case_manager', 'gened_teacher', 'slp', 'ot', 'pt', 'bcba'] as const
const OPEN: LooseCell = { who: '', setting: '', material: '' }

export function CellsField({ cells, onChange, subject }: CellsFieldProps) {
  const { t, i18n } = useLingui()
  const { working } = useBuilding()
  const me = useMe()
  const names = namesOf(me)
  const ran = useStates(sessionView, `program:${subject.program}`).map(({ state }) => state.setting)
  const team = (me?.people ?? []).filter((one) => one.with?.includes(subject.student.id) ?? true)
  const people = [...team, ...(me ? [me.person] : [])].map(({ id }) => id)
  const change = (n: number, patch: Partial<LooseCell>) =>
    onChange(cells.map((cell, at) => (at === n ? { ...cell, ...patch } : cell)))
  const rest = Math.max(0, MOST_CELLS - cells.length)
  return (
    <fieldset className={styles.cells}>
      <legend className={styles.legend}>
        <Trans>It must also have been shown</Trans>
      </legend>
      {cells.map((cell, n) => {
        const line = cellLine(
          {
            who: cell.who || undefined,
            setting: cell.setting || undefined,
            material: cell.material || undefined,
          },
          (who) => personOrRole(i18n, who, names),
        )
        return (
          <div key={n} className={styles.sentence} role="group" aria-label={line || t`not named yet`}>
            <span>{t`with`}</span>
            <InlineSelect
              label={t`With whom`}
              value={cell.who}
              options={[
                { value: '', label: t`anybody` },
                ...options(people, cell.who, (who) => personOrRole(i18n, who, names)),
                ...ROLES.map((value) => ({ value, label: roleName(i18n, value) })),
              ].filter(({ value }, at, all) => all.findIndex((one) => one.value === value) === at)}
              onChange={(who) => change(n, { who })}
            />
            <span>{t`at`}</span>
            <InlineSelect
              label={t`Where`}
              value={cell.setting}
              options={[
                { value: '', label: t`any place` },
                ...options([...working.settings, ...ran], cell.setting, (place) => place),
              ]}
              onChange={(setting) => change(n, { setting })}
            />
            <span>{t`using`}</span>
            <InlineSelect
              label={t`With what`}
              value={cell.material}
              options={[
                { value: '', label: t`any material` },
                ...options(working.materials, cell.material, (material) => material),
              ]}
              onChange={(material) => change(n, { material })}
            />
            <IconButton
              icon={X}
              label={t`Do not ask for this: ${line}`}
              onClick={() => onChange(cells.toSpliced(n, 1))}
            />
          </div>
        )
      })}
      {rest > 0 && (
        <div className={styles.row}>
          <Button icon={Plus} onClick={() => onChange([...cells, OPEN])}>
            {cells.length === 0 ? t`Name a person, a place or a material` : t`Another`}
          </Button>
        </div>
      )}
      <p className={styles.quiet}>
        <Trans>
          One session that meets the threshold shows it. Places and materials are those named under
          “Teaching”, and places where it ran. Where a material is asked for, the pad asks which one is used.
        </Trans>
      </p>
    </fieldset>
  )
}

/** Each once, without blanks; what was chosen before stays among them. */
function options(values: readonly string[], chosen: string, label: (value: string) => string) {
  const all = new Set([...values, chosen].filter((value) => value.trim() !== ''))
  return [...all].map((value) => ({ value, label: label(value) }))
}
