/** Which of the materials that the mastery rule names a session is run with (domain D.7). */
import { useLingui } from '@lingui/react/macro'
import { Chips } from '../../../platform/web/kit/Chips.tsx'

export interface MaterialChipsProps {
  readonly materials: readonly string[]
  readonly chosen: string | undefined
  readonly onChoose: (material: string) => void
}

export default function MaterialChips({ materials, chosen, onChoose }: MaterialChipsProps) {
  const { t } = useLingui()
  return (
    <Chips
      legend={t`Run with`}
      single
      options={materials.map((value) => ({ value, label: value }))}
      chosen={chosen === undefined ? [] : [chosen]}
      onChange={([material]) => material !== undefined && onChoose(material)}
    />
  )
}
