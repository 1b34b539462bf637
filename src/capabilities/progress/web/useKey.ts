/** What the signs of a goal graph mean: only those that are on it. One list for the screen and for files. */
import { useLingui } from '@lingui/react/macro'
import type { Overlay } from '../chart.ts'
import { sign, type Sign } from '../key.ts'
import type { GraphModel } from '../rules.ts'

export function useKey(): (model: GraphModel, overlay: Overlay) => Sign[] {
  const { t } = useLingui()
  return ({ points, aims, phaseLines }, { stretches, trend, level, spread }) => {
    let [hollow, square] = [false, false]
    const marks = new Set<string>()
    for (const point of points) {
      hollow ||= point.hollow
      square ||= point.shape === 'square'
      for (const note of point.notes)
        if (note.kind === 'agreement' || note.kind === 'fidelity') marks.add(markOf(note.kind, note.low))
    }
    const has = (kind: 'agreement' | 'fidelity', low: boolean) => marks.has(markOf(kind, low))
    const signs: readonly (readonly [boolean, Sign])[] = [
      [hollow, sign('point', 'dot', t`counts`)],
      [hollow, sign('hollow', 'dot', t`does not count (below minimum, estimated or still running)`)],
      [square, sign('point', 'square', t`sessions of one day together`)],
      [aims.some((aim) => aim.current), sign('aim', 'stroke', t`aim`)],
      [aims.some((aim) => !aim.current), sign('aim-old', 'stroke', t`earlier aim`)],
      [trend && stretches.some((one) => one.trend !== null), sign('trend', 'stroke', t`trend`)],
      [level && stretches.some((one) => one.median !== null), sign('level', 'stroke', t`level (median)`)],
      [
        spread && stretches.some((one) => one.mad !== null && one.mad > 0),
        sign('spread', 'strokes', t`median distance from the level`),
      ],
      [phaseLines.some((line) => !line.major), sign('phase-minor', 'upright', t`minor change`)],
      [has('agreement', false), sign('agreement', 'triangle', t`second observer`)],
      [has('agreement', true), sign('agreement-low', 'triangle', t`second observer, agreement under 80%`)],
      [has('fidelity', false), sign('fidelity', 'diamond', t`fidelity check`)],
      [has('fidelity', true), sign('fidelity-low', 'diamond', t`fidelity check under 80%`)],
    ]
    return signs.flatMap(([here, one]) => (here ? [one] : []))
  }
}

const markOf = (kind: string, low: boolean): string => `${kind}${low ? ' low' : ''}`
