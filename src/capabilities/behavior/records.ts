/**
 * Records of behavior that stand alone (domain C14, C15; tier T3): no session is started for them. They hang on a program
 * of the sessions capability whose measurement is `abc` or `scatterplot`, and lie in a tier of their own, so that whoever
 * may see a goal's data does not see these by it. One log a program, school day and device: `refs.log` is its id, made by
 * the device like a session's.
 */
import { z } from 'zod'
import { text } from '../../platform/records/envelope.ts'
import type { Kind } from '../../platform/records/registry.ts'
import { WatchBody } from '../sessions/log.ts'

const code = z.string().regex(/^[a-z][a-z_]{1,39}$/)

/** Codes are those of the picklists in abc.ts; `own:<n>` is the n-th behavior of the program, 1-based. */
export const AbcBody = z.strictObject({
  setting_events: z.array(code).max(6),
  antecedents: z.array(code).min(1).max(6),
  behavior: z.string().regex(/^(own:([1-9]|1[0-2])|[a-z][a-z_]{1,39})$/),
  consequences: z.array(code).min(1).max(6),
  /** Where, and how many people were around. */
  setting: text(80),
  people: z.int().min(0).max(500).optional(),
  intensity: z.int().min(1).max(5).optional(),
  seconds: z.int().min(0).max(36_000).optional(),
  /** Only where the program asks for it. */
  perceived_function: z.enum(['escape', 'attention', 'tangible', 'sensory', 'pain']).optional(),
})
export type AbcBody = z.infer<typeof AbcBody>

/** A cell of the grid: not observed is the absence of an entry, never 0. */
export const CellBody = z.strictObject({
  /** 1-based from the first cell of the day. */
  cell: z.int().min(1).max(288),
  code: z.enum(['0', 'some', 'many']),
})
export type CellBody = z.infer<typeof CellBody>

const Empty = z.strictObject({})

const inLog = {
  v: 1,
  scope: 'student',
  tier: 'T3',
  action: 'create',
  standing: false,
  refs: ['log', 'program'],
  partition: (record: { refs: { readonly [name: string]: string } }) => `log:${record.refs['log']}`,
} as const

export const kinds: readonly Kind[] = [
  { ...inLog, kind: 'behavior.abc', bodies: { 1: AbcBody } },
  { ...inLog, kind: 'behavior.cell', bodies: { 1: CellBody } },
  /** `adult`: beside whom a second observer records; its log is of its own. */
  { ...inLog, kind: 'behavior.watch', bodies: { 1: WatchBody }, refs: ['log', 'program', 'adult'] },
  { ...inLog, kind: 'behavior.void', bodies: { 1: Empty } },
]
