/**
 * The numbers that decision support works with, read from the rules that the server hands a device (rulepacks/*.json,
 * dated and sourced there). Nothing here has a number of its own: without the rules there are no proposals. Pure.
 */

/** Rule name → value, as `GET /api/me` hands them out. */
export type Rules = { readonly [rule: string]: number | string | boolean }

/** One set of decision rules (domain D.3). */
export interface DecisionPack {
  readonly name: string
  /** Whether a recent check of the implementation comes first. */
  readonly fidelityGate: boolean
  readonly minPoints: number
  readonly minWeeks: number
  /** Last points in a row on the worse side, and on the better side, of the aim line. */
  readonly worse: number
  readonly better: number
  readonly trendPoints: number
  /** Percent of the axis. */
  readonly bouncePercent: number
}

export interface FidelityRules {
  readonly minPercent: number
  readonly highPercent: number
  readonly highChecks: number
  /** School days for which a check holds. */
  readonly validDays: number
  readonly newStaffSessions: number
}

export interface MaintenanceRules {
  /** Weeks after mastery, ascending. */
  readonly weeks: readonly number[]
  readonly reprobeDays: number
  readonly fails: number
}

export interface Policy {
  readonly decision: DecisionPack
  readonly fidelity: FidelityRules
  readonly maintenance: MaintenanceRules
  readonly ioa: { readonly coveragePercent: number; readonly acceptablePercent: number }
  readonly earlyErrorPercent: number
  readonly schoolDayMs: number
}

/**
 * The policy for a program. `chosen` names the program's own set of decision rules; one that is not there, or is not
 * whole, gives way to the district's. Null when the rules are missing.
 */
export function policyOf(rules: Rules | undefined, chosen?: string): Policy | null {
  if (!rules) return null
  const numberOf = (name: string): number => {
    const value = rules[name]
    return typeof value === 'number' ? value : NaN
  }
  const packOf = (name: unknown): DecisionPack | null => {
    if (typeof name !== 'string') return null
    const pack = {
      name,
      fidelityGate: rules[`decide.${name}.fidelity_gate`] !== false,
      minPoints: numberOf(`decide.${name}.min_points`),
      minWeeks: numberOf(`decide.${name}.min_weeks`),
      worse: numberOf(`decide.${name}.worse`),
      better: numberOf(`decide.${name}.better`),
      trendPoints: numberOf(`decide.${name}.trend_points`),
      bouncePercent: numberOf(`decide.${name}.bounce_percent`),
    }
    return isWhole(pack) ? pack : null
  }
  const decision = packOf(chosen) ?? packOf(rules['decide.pack'])
  const weeks = String(rules['maintenance.weeks'] ?? '')
    .split(',')
    .map(Number)
    .filter((week) => week > 0)
  const fidelity = {
    minPercent: numberOf('fidelity.min_percent'),
    highPercent: numberOf('fidelity.high_percent'),
    highChecks: numberOf('fidelity.high_checks'),
    validDays: numberOf('fidelity.valid_days'),
    newStaffSessions: numberOf('fidelity.new_staff_sessions'),
  }
  const maintenance = {
    reprobeDays: numberOf('maintenance.reprobe_days'),
    fails: numberOf('maintenance.fails'),
  }
  const rest = {
    coverage: numberOf('ioa.coverage_min_percent'),
    acceptable: numberOf('ioa.acceptable_percent'),
    early: numberOf('time_delay.early_error_percent'),
    minutes: numberOf('school.day_minutes'),
  }
  if (!decision || !isWhole(fidelity) || !isWhole(maintenance) || !isWhole(rest)) return null
  return {
    decision,
    fidelity,
    maintenance: { ...maintenance, weeks },
    ioa: { coveragePercent: rest.coverage, acceptablePercent: rest.acceptable },
    earlyErrorPercent: rest.early,
    schoolDayMs: rest.minutes * 60_000,
  }
}

function isWhole(values: object): boolean {
  return Object.values(values).every((value) => !Number.isNaN(value))
}
