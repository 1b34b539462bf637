/**
 * Rule packs: numbers of law and policy with their date and source, as JSON files; never in code (domain invariant
 * 10). Later packs of the same name win from their own date on; levels (federal, state, district) and an editor come
 * with the compliance capability.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Day } from '../core/days.ts'

const RulePack = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  level: z.enum(['federal', 'state', 'district', 'default']),
  /** First day on which it holds. */
  from: z.iso.date(),
  rules: z.record(
    z.string().regex(/^[a-z_]+(\.[a-z0-9_]+)+$/),
    z.strictObject({
      value: z.union([z.number(), z.string(), z.boolean()]),
      unit: z.string(),
      /** Where the number comes from: a citation, or "convention" or "product default". */
      source: z.string().min(3),
      note: z.string().optional(),
    }),
  ),
})
export type RulePack = z.infer<typeof RulePack>

/** The packs of a folder, oldest first. Throws an Error that names the file and the field that is wrong. */
export function readRulePacks(folder: string = shipped): RulePack[] {
  const packs = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const parsed = RulePack.safeParse(jsonOf(file, readFileSync(join(folder, file), 'utf8')))
      if (parsed.success) return parsed.data
      const issue = parsed.error.issues[0]
      throw new Error(`${file}: ${issue?.path.join('.')}: ${issue?.message}`)
    })
  return packs.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.name < b.name ? -1 : 1))
}

/** The rule that holds on a day, or undefined: the newest pack wins. */
export function ruleOn(
  packs: readonly RulePack[],
  rule: string,
  day: Day,
): RulePack['rules'][string] | undefined {
  return packs.findLast((pack) => pack.from <= day && pack.rules[rule])?.rules[rule]
}

/** A number of the shipped packs as it holds at an instant (ms). Throws an Error where no pack has one. */
export function ruleNumber(rule: string, ms: number): number {
  const days = Math.floor(ms / DAY_MS)
  const last = lastAsked.get(rule)
  if (last?.days === days) return last.value
  packs ??= readRulePacks()
  const value = ruleOn(packs, rule, new Date(ms).toISOString().slice(0, 10))?.value
  if (typeof value !== 'number') throw new Error(`no rule pack has a number for ${rule}`)
  lastAsked.set(rule, { days, value })
  return value
}
let packs: readonly RulePack[] | undefined
/** By rule: ingest asks about the same day for every record. */
const lastAsked = new Map<string, { days: number; value: number }>()
const DAY_MS = 86_400_000

/** The values of every rule under these prefixes (`decide.`) as they hold at an instant (ms), by name. */
export function ruleValues(
  prefixes: readonly string[],
  ms: number,
): { readonly [rule: string]: number | string | boolean } {
  packs ??= readRulePacks()
  const day = new Date(ms).toISOString().slice(0, 10)
  const names = new Set(packs.flatMap((pack) => Object.keys(pack.rules)))
  const wanted = [...names].filter((name) => prefixes.some((prefix) => name.startsWith(prefix)))
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const rule = ruleOn(packs ?? [], name, day)
      return rule ? [[name, rule.value]] : []
    }),
  )
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}

const shipped = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'rulepacks')
