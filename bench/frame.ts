/**
 * The frame of every figure: medians, the CPU that processes have used, and lines that set what we measured beside
 * its floor of the same run and the goal of docs/benchmarks.md.
 */
import { readdirSync, readFileSync } from 'node:fs'

/** One line of a figure. */
export interface Line {
  readonly what: string
  readonly value: string
  /** What it is held against, measured in the same run. */
  readonly floor?: string
  readonly goal?: string
  readonly holds?: boolean
}

export interface Figure {
  readonly id: string
  readonly question: string
  /** Takes the measure. Throws when something was lost or refused; a goal that is missed is a line, not an error. */
  readonly run: () => Promise<readonly Line[]>
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The smallest value that a share `q` (0 … 1) of all values do not exceed; NaN of nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}

/** `1234.5` → `1,235`; small numbers keep `digits` decimals. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** The process that started this one; null without /proc. */
export function parentOf(pid: number): number | null {
  return statOf(pid)?.parent ?? null
}

/**
 * User and system time (ms) of a process and those it started; of its children that have ended too. Null without /proc.
 */
export function processorOf(pid: number | null): number | null {
  const self = pid === null ? undefined : statOf(pid)
  if (!self) return null
  let ticks = self.own + self.ended
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined
    if (stat?.parent === pid) ticks += stat?.own ?? 0
  }
  return (ticks * 1000) / TICKS_A_SECOND
}

/** USER_HZ, which is 100 on every Linux that programs see. proc_pid_stat(5). */
const TICKS_A_SECOND = 100

function statOf(pid: number): { parent: number; own: number; ended: number } | undefined {
  try {
    // the name in parentheses may hold spaces; fields are counted after it, so the fourth field is the second here
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').map(Number) ?? []
    const [parent = 0] = fields.slice(1)
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11)
    return { parent, own: user + system, ended: endedUser + endedSystem }
  } catch {
    return undefined
  }
}
