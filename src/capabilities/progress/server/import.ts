/**
 * `import singlecase`: published single-case data into a demo district of their own, each case a student, each
 * measure a program with its phases and points. Everything goes through the ordinary ingest; ids and bytes follow
 * from the data, so that importing the same folder again changes nothing.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addDays } from '../../../platform/core/days.ts'
import { uuidOf, uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import type { Envelope } from '../../../platform/records/envelope.ts'
import type { Registry } from '../../../platform/records/registry.ts'
import type { Database } from '../../../platform/server/db.ts'
import type { Directory } from '../../../platform/server/directory.ts'
import { readFolder } from '../../../platform/server/folder.ts'
import { ingest } from '../../../platform/server/ingest.ts'
import type { District, RosterBatch } from '../../roster/model.ts'
import type { PhaseBody, ProgramBody } from '../../sessions/records.ts'
import type { ImportedPointBody } from '../records.ts'
import { readSingleCase, type SingleCaseSeries } from '../singlecase.ts'

/** What the composition hands in: capabilities do not reach into each other's server rooms. */
export interface ImportServices {
  readonly database: Database
  readonly directory: Directory
  readonly registry: Registry
  /** Makes the district where it is missing and loads its roster, both or neither. */
  loadRoster(district: District, batch: RosterBatch): Promise<void>
}

export const SINGLE_CASE_DISTRICT = 'Published single-case data'
const TZ = 'UTC'
/** The sources give session numbers and no dates; these are made up and marked as such. */
const FIRST_DAY = '2001-01-01'
const SINCE = '2000-01-01T00:00:00.000Z'
const BATCH = 500

export interface SingleCaseOutcome {
  readonly ok: boolean
  readonly report: unknown
  readonly text: string
  /** Who reads the data on the demo page; null when nothing was imported. */
  readonly reader: { readonly district: Uuid; readonly person: Uuid } | null
}

export async function importSingleCase(
  services: ImportServices,
  folder: string,
  options: { district: string | undefined; dryRun: boolean },
): Promise<SingleCaseOutcome> {
  const name = options.district ?? SINGLE_CASE_DISTRICT
  const district = uuidOf(`district:${name}`)
  if (services.directory.get(district)?.demo === false) {
    const message = `${name} is a district of real students. Use another --district.`
    return { ok: false, report: { ok: false, messages: [message] }, text: message, reader: null }
  }
  const { fit, series, findings, files } = readSingleCase(readFolder(seriesFolder(folder), '.csv'))
  const imported = fit && !options.dryRun
  const importer = uuidOf(`${district}:importer`)
  const reader = uuidOf(`${district}:reader`)
  const records = series.flatMap((one) => recordsOf(district, one))
  const counts = { accepted: 0, duplicate: 0 }
  if (imported) {
    const made = { id: district, name, tz: TZ, demo: true, clockOffsetMs: 0 }
    await services.loadRoster(made, rosterOf(district, name, importer, reader, series))
    await services.directory.load(services.database.pool)
    const actor = { district, person: importer, roles: ['case_manager'] }
    for (let i = 0; i < records.length; i += BATCH) {
      const { acks } = await ingest(
        { database: services.database, registry: services.registry, announce: () => {} },
        actor,
        records.slice(i, i + BATCH),
      )
      for (const ack of acks) {
        if (ack.status === 'accepted' || ack.status === 'duplicate') counts[ack.status] += 1
        else
          throw new Error(
            `The data differ from what was imported before (${ack.code}). Use another --district.`,
          )
      }
    }
  }
  const points = Object.values(files).reduce((sum, file) => sum + file.rows, 0)
  const report = {
    ok: fit,
    imported,
    dry_run: options.dryRun,
    district: { id: district, name },
    files,
    rows: points,
    series: series.length,
    students: new Set(series.map((one) => caseKey(one))).size,
    phases: series.reduce((sum, one) => sum + one.phases.length, 0),
    records: { made: records.length, ...counts },
    findings,
  }
  return {
    ok: fit,
    report,
    text: [
      ...findings.map(
        (one) => `${one.severity} ${one.file}:${one.row} ${one.field ?? ''} ${one.code} ${one.message}`,
      ),
      fit
        ? `${imported ? 'Imported' : 'Would import'} ${points} rows: ${series.length} series of ${report.students} students, ${report.phases} phases.`
        : 'Nothing was imported: mend the errors above and try again.',
    ].join('\n'),
    reader: imported ? { district, person: reader } : null,
  }
}

/** A whole data set keeps its series in `data/`, beside notes and reference values; or the folder holds them itself. */
function seriesFolder(folder: string): string {
  const inner = join(folder, 'data')
  return existsSync(inner) ? inner : folder
}

function caseKey(series: SingleCaseSeries): string {
  return `${series.dataset}:${series.case}`
}

function rosterOf(
  district: Uuid,
  name: string,
  importer: Uuid,
  reader: Uuid,
  series: readonly SingleCaseSeries[],
): RosterBatch {
  const school = uuidOf(`${district}:school`)
  const cases = new Map(series.map((one) => [caseKey(one), one]))
  const studentOf = (key: string) => uuidOf(`${district}:student:${key}`)
  const adult = (id: Uuid, given: string, family: string) => ({
    id,
    sourceId: family,
    given,
    family,
    email: null,
  })
  return {
    schools: [{ id: school, sourceId: 'school', name, kind: 'school', parent: null }],
    people: [adult(importer, 'Data', 'Import'), adult(reader, 'Data', 'Reader')],
    roles: [
      {
        id: uuidOf(`${importer}:role`),
        person: importer,
        role: 'case_manager',
        school,
        from: SINCE,
        to: null,
      },
      {
        id: uuidOf(`${reader}:role`),
        person: reader,
        role: 'coordinator',
        school: null,
        from: SINCE,
        to: null,
      },
    ],
    students: [...cases].map(([key, one], n) => ({
      id: studentOf(key),
      sourceId: key,
      given: one.case,
      family: one.dataset,
      preferred: null,
      initials: initialsOf(one),
      color: (n % 6) + 1,
      grade: null,
      school,
    })),
    sections: [],
    enrollments: [],
    relationships: [...cases.keys()].map((key) => ({
      id: uuidOf(`${district}:relationship:${key}`),
      person: importer,
      student: studentOf(key),
      role: 'case_manager' as const,
      from: SINCE,
      to: null,
      source: 'import' as const,
      why: 'published data',
    })),
  }
}

/** Case names of articles are pseudonyms or numbers: `Theo` of AlberMorgan2007 → T.A., `Case 1` → C.1. */
function initialsOf({ case: name, dataset }: SingleCaseSeries): string {
  const words = [...name.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => match[0])
  const first = [...(words[0] ?? dataset)][0] ?? ''
  const second = [...(words[1] ?? dataset)][0] ?? ''
  return `${first}.${second}.`.toUpperCase()
}

/** Program, phases and points of one series, as one device of its own would have made them. */
function recordsOf(district: Uuid, series: SingleCaseSeries): Envelope[] {
  const key = `${caseKey(series)}:${series.series}`
  const student = uuidOf(`${district}:student:${caseKey(series)}`)
  const program = uuidOf(`${district}:program:${key}`)
  const device = uuidOf(`${district}:device:${key}`)
  const records: Envelope[] = []
  const add = (kind: string, day: string, body: ProgramBody | PhaseBody | ImportedPointBody) => {
    const at = `${day}T12:00:00.000Z`
    const n = records.length + 1
    const name = createHash('sha256').update(`${district}:${key}:${n}`).digest()
    records.push({
      id: uuidv7(Date.parse(at), (bytes) => {
        bytes.set(name.subarray(0, bytes.length))
        return bytes
      }),
      kind,
      v: 1,
      body: body as Envelope['body'],
      student,
      refs: { program },
      at,
      tz: TZ,
      device,
      seq: n,
      ord: Date.parse(at) + n,
      mono: { boot: 'import', ms: n },
    })
  }
  add('sessions.program', FIRST_DAY, {
    title: (series.series || series.dataset).slice(0, 120),
    goal: series.source.slice(0, 2000),
    definition: `${series.dataset}, ${series.case}`.slice(0, 2000),
    direction: series.improvement,
    measure: { system: 'imported', unit: unitOf(series) },
    criterion: 'none in the source',
    number: 1,
  })
  let n = 0
  for (const phase of series.phases) {
    add('sessions.phase', addDays(FIRST_DAY, n), {
      label: phase.label.slice(0, 80) || phase.condition,
      condition: phase.condition === 'A' ? 'baseline' : phase.condition === 'B' ? 'intervention' : 'modified',
      from: addDays(FIRST_DAY, n),
      major: true,
      why: 'as in the source',
    })
    for (const point of phase.points) {
      add('progress.imported_point', addDays(FIRST_DAY, n), {
        session: point.session,
        value: point.value,
        phase: phase.label.slice(0, 80),
        condition: phase.condition,
        row: point.row,
        synthetic_date: true,
      })
      n += 1
    }
  }
  return records
}

function unitOf(series: SingleCaseSeries): string {
  const words = series.series === '' ? series.measurementType : series.series
  return words.slice(0, 40)
}
