/**
 * Which pad records which measurement. Each family is loaded when a block first needs it, so that what every phone
 * loads first does not grow; trials, steps and counts come with the pad itself.
 */
import { lazy, type ComponentType } from 'react'
import type { MeasureOf, System } from '../measures.ts'
import type { Program } from '../program.ts'
import type { SessionItem, SessionState } from '../state.ts'
import type { Place } from './hooks.ts'
import type { Recorder } from './recorder.ts'

export interface PadProps<S extends System> {
  readonly measure: MeasureOf<S>
  /** Null: nothing recorded yet. */
  readonly state: SessionState | null
  /** The session that this one observes. */
  readonly watched: SessionState | null
  readonly baseline: boolean
  readonly program: Program
  readonly place: Place
  readonly initials: string
  readonly recorder: Recorder
  readonly onItem: (item: SessionItem) => void
  readonly onFinish: () => void
}

type Pads = { readonly [S in System]?: ComponentType<PadProps<S>> }

const PADS: Pads = {
  opportunities: lazy(() => import('./OpportunityPad.tsx')),
  duration: lazy(() => import('./DurationPad.tsx')),
  latency: lazy(() => import('./LatencyPad.tsx')),
  irt: lazy(() => import('./IrtPad.tsx')),
  interval: lazy(() => import('./IntervalPad.tsx')),
  rubric: lazy(() => import('./RubricPad.tsx')),
  checklist: lazy(() => import('./ChecklistPad.tsx')),
  product: lazy(() => import('./ProductPad.tsx')),
  cbm: lazy(() => import('./CbmPad.tsx')),
  probe: lazy(() => import('./ProbePad.tsx')),
  intensity: lazy(() => import('./IntensityPad.tsx')),
  self: lazy(() => import('./SelfPad.tsx')),
}

/** None for what is not recorded in a session. Whoever asks has the measure of that very system in hand. */
export const PAD_OF = PADS as { readonly [S in System]?: ComponentType<PadProps<System>> }
