/**
 * `node scripts/check-imports.ts <folder>`: runs the import readers over a folder of reference data and compares
 * what they find with what others measured. Not part of `npm test`: such data is large and stays outside the
 * repository. Each part runs where its files are there:
 *
 * - `oneroster/<bundle>/*.csv` with `oneroster/expected_findings.json`: row counts, version, roles, statuses,
 *   files missing and unlisted, references that lead nowhere.
 * - `single_case/data/*.csv` with `single_case/datasets.json`: rows, cases, series, missing values, A-B pairs.
 * - `csv_measured_facts.json`: byte order mark, delimiter, rows, columns, ragged rows and double headers of CSV files.
 * - `messy_csv/csv_spectrum/{csvs,json}`: the values of each file.
 * - `names/common-{forenames,surnames}-by-country.csv` and `names/big_list_of_naughty_strings.json`: every name
 *   goes through a roster unchanged and has initials.
 *
 * Prints one line for each comparison that was made; ends with 1 when one differs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { readSingleCase } from '../src/capabilities/progress/singlecase.ts'
import { readOneRoster, type OneRosterReport } from '../src/capabilities/roster/oneroster.ts'
import { isUnstorable } from '../src/platform/core/canonical.ts'
import { readCsv } from '../src/platform/core/csv.ts'

const root = process.argv[2]
if (root === undefined) {
  console.error('Usage: node scripts/check-imports.ts <folder with reference data>')
  process.exit(2)
}

let compared = 0
let differing = 0
const OPTIONS = {
  ids: (type: string, sourceId: string) => `${type}:${sourceId}`,
  now: '2026-11-22T12:00:00.000Z',
  tz: 'America/Chicago',
}

checkOneRoster(join(root, 'oneroster'))
checkSingleCase(join(root, 'single_case'))
checkFacts(root)
checkSpectrum(join(root, 'messy_csv', 'csv_spectrum'))
checkNames(join(root, 'names'))
console.log(`${compared} compared, ${differing} different.`)
if (compared === 0) console.log('None of the folders that this command knows is there.')
process.exitCode = differing > 0 || compared === 0 ? 1 : 0

function checkOneRoster(folder: string): void {
  const expectations = json(
    join(folder, 'expected_findings.json'),
    z.record(
      z.string(),
      z.object({
        row_counts: z.record(z.string(), z.number()),
        oneroster_version: z.string().nullable(),
        roles: z.record(z.string(), z.number()),
        statuses: z.record(z.string(), z.number()),
        manifest_says_present_but_missing: z.array(z.string()),
        file_present_but_manifest_absent_or_unlisted: z.array(z.string()),
        reference_issues: z.array(z.object({ file: z.string(), row: z.string(), value: z.string() })),
      }),
    ),
  )
  for (const [name, expected] of Object.entries(expectations ?? {})) {
    const files = filesIn(join(folder, name))
    const { batch, report } = readOneRoster(files, OPTIONS)
    const at = `oneroster ${name}`
    same(`${at}: row counts`, rowCounts(report), expected.row_counts)
    same(`${at}: version`, report.version, expected.oneroster_version)
    same(`${at}: roles`, report.files['users.csv']?.roles, expected.roles)
    same(`${at}: statuses`, statuses(report), expected.statuses)
    same(
      `${at}: announced and missing`,
      report.manifest.saysPresentButMissing.toSorted(),
      expected.manifest_says_present_but_missing.toSorted(),
    )
    same(
      `${at}: there and not announced`,
      report.manifest.presentButUnlisted.toSorted(),
      expected.file_present_but_manifest_absent_or_unlisted.toSorted(),
    )
    same(
      `${at}: references that lead nowhere`,
      report.findings
        .filter((finding) => finding.code === 'oneroster.dangling_reference')
        .map(({ file, row, message }) => [
          file.replace(/\.csv$/, ''),
          sourcedIdAt(files.get(file), row),
          /“(.*?)”/.exec(message)?.[1],
        ]),
      expected.reference_issues.map(({ file, row, value }) => [file, row, value]),
    )
    same(`${at}: fit`, report.fit, true)
    same(`${at}: everyone is in`, batch.students.length + batch.people.length, expected.row_counts['users'])
    same(`${at}: every enrollment is in`, batch.enrollments.length, expected.row_counts['enrollments'])
  }
}

function rowCounts(report: OneRosterReport): Record<string, number> {
  return Object.fromEntries(
    Object.entries(report.files).map(([file, { rows }]) => [file.replace(/\.csv$/, ''), rows]),
  )
}

function statuses(report: OneRosterReport): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const file of Object.values(report.files)) {
    for (const [status, n] of Object.entries(file.statuses ?? {})) sums[status] = (sums[status] ?? 0) + n
  }
  return sums
}

function sourcedIdAt(bytes: Uint8Array | undefined, line: number): string | undefined {
  const csv = readCsv(bytes ?? new Uint8Array(), { file: '', expected: [{ name: 'sourcedId' }] })
  return csv.rows.find((row) => row.line === line)?.values['sourcedId']
}

function checkSingleCase(folder: string): void {
  const datasets = json(
    join(folder, 'datasets.json'),
    z.array(
      z.object({
        dataset: z.string(),
        rows: z.number(),
        cases: z.number(),
        series: z.number(),
        missing_values: z.number(),
        ab_pairs: z.number(),
      }),
    ),
  )
  if (!datasets) return
  const { fit, series, findings, files } = readSingleCase(filesIn(join(folder, 'data')))
  same('single-case: fit', fit, true)
  same('single-case: findings', findings, [])
  same('single-case: files', Object.keys(files).length, datasets.length)
  for (const { dataset, ...expected } of datasets) {
    const mine = series.filter((one) => one.dataset === dataset)
    const points = mine.flatMap((one) => one.phases.flatMap((phase) => phase.points))
    const pairs = mine.flatMap((one) =>
      one.phases.filter((phase, i) => phase.condition === 'A' && one.phases[i + 1]?.condition === 'B'),
    )
    same(
      `single-case ${dataset}`,
      {
        rows: points.length,
        cases: new Set(mine.map((one) => one.case)).size,
        series: mine.length,
        missing_values: points.filter((point) => point.value === null).length,
        ab_pairs: pairs.length,
      },
      expected,
    )
  }
  const total = Object.values(files).reduce((sum, file) => sum + file.rows, 0)
  console.log(`single-case: ${Object.keys(files).length} files, ${total} rows, ${series.length} series`)
}

function checkFacts(folder: string): void {
  const facts = json(
    join(folder, 'csv_measured_facts.json'),
    z.record(
      z.string(),
      z.object({
        bom: z.boolean(),
        utf8: z.boolean(),
        delimiter: z.string(),
        rows_incl_header: z.number(),
        columns: z.number(),
        ragged_rows: z.array(z.tuple([z.number(), z.number()])),
        header: z.array(z.string()),
        duplicate_headers: z.array(z.string()),
      }),
    ),
  )
  for (const [file, expected] of Object.entries(facts ?? {})) {
    const path = join(folder, file)
    if (!existsSync(path)) continue
    const csv = readCsv(readFileSync(path), { file, expected: expected.header.map((name) => ({ name })) })
    // The measured list of columns stops at 60 and that of ragged rows at 10.
    const whole = expected.header.length === expected.columns
    const codes = (code: string) => csv.findings.filter((finding) => finding.code === code)
    same(
      `csv ${file}`,
      {
        bom: csv.facts.bom,
        utf8: csv.facts.encoding === 'utf-8',
        delimiter: csv.facts.delimiter,
        rows_incl_header: csv.facts.records + 1,
        columns: csv.headers.length,
        ragged_rows: codes('csv.ragged_row')
          .slice(0, 10)
          .map((finding) => finding.row),
        duplicate_headers: whole ? codes('csv.duplicate_header').length : 0,
      },
      {
        bom: expected.bom,
        utf8: expected.utf8,
        delimiter: expected.delimiter,
        rows_incl_header: expected.rows_incl_header,
        columns: expected.columns,
        ragged_rows: expected.ragged_rows.map(([row]) => row),
        duplicate_headers: expected.duplicate_headers.length,
      },
    )
  }
}

function checkSpectrum(folder: string): void {
  for (const [file, bytes] of filesIn(join(folder, 'csvs'))) {
    const name = basename(file, '.csv')
    const expected = json(join(folder, 'json', `${name}.json`), z.array(z.record(z.string(), z.string())))
    if (!expected) continue
    const columns = Object.keys(expected[0] ?? {}).map((column) => ({ name: column }))
    const { rows } = readCsv(bytes, { file, expected: columns })
    // The reference was written from a file with other line ends than the one that is shipped with it.
    const plain = (text: string) => text.replaceAll('\r\n', '\n')
    same(
      `csv-spectrum ${name}`,
      plain(JSON.stringify(rows.map((row) => row.values))),
      plain(JSON.stringify(expected).replaceAll('\\r\\n', '\\n')),
    )
  }
}

function checkNames(folder: string): void {
  const column = (file: string): string[] => {
    const path = join(folder, file)
    if (!existsSync(path)) return []
    const csv = readCsv(readFileSync(path), { file, expected: [{ name: 'Localized Name', required: true }] })
    return csv.rows.map((row) => row.values['Localized Name'] ?? '').filter((name) => name !== '')
  }
  const naughty =
    json(join(folder, 'big_list_of_naughty_strings.json'), z.array(z.string()))?.filter(
      (text) => !isUnstorable(text) && text.trim() === text && text !== '',
    ) ?? []
  const given = [...column('common-forenames-by-country.csv'), ...naughty]
  const family = [...column('common-surnames-by-country.csv'), ...naughty]
  if (given.length === 0 || family.length === 0) return
  const pairs = given.map((name, i) => [name, family[i % family.length] ?? ''] as const)
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const users = pairs.map(([a, b], i) => `u${i},s1,student,${quoted(a)},${quoted(b)}`)
  const encode = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\r\n'))
  const { batch } = readOneRoster(
    new Map([
      ['orgs.csv', encode(['sourcedId,name,type', 's1,School,school'])],
      ['users.csv', encode(['sourcedId,orgSourcedIds,role,givenName,familyName', ...users])],
    ]),
    OPTIONS,
  )
  same(
    `names: ${pairs.length} survive`,
    batch.students.map((student) => [student.given, student.family]),
    pairs,
  )
  same('names: without initials', batch.students.filter((student) => student.initials === '').length, 0)
}

function same(what: string, found: unknown, expected: unknown): void {
  compared++
  if (isDeepStrictEqual(found, expected)) {
    console.log(`  same  ${what}`)
    return
  }
  differing++
  console.log(`DIFFERS ${what}`)
  console.log(`        found    ${JSON.stringify(found)?.slice(0, 500)}`)
  console.log(`        expected ${JSON.stringify(expected)?.slice(0, 500)}`)
}

function json<T>(path: string, schema: z.ZodType<T>): T | null {
  return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null
}

function filesIn(folder: string): Map<string, Uint8Array> {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .toSorted()
  return new Map(files.map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]))
}
