/**
 * Front door: `npm run handrail -- <command> [--json]`. Reads arguments, calls what does the work, prints. Exit codes:
 * 0 done, 1 refused or failed, 2 the command was not understood.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { analyze } from './analyze/command.ts'
import { OfficialMapping } from './capabilities/attendance/official-import.ts'
import { importOfficialFile } from './capabilities/attendance/server/import.ts'
import { createAdministrator } from './capabilities/roster/server/administrators.ts'
import { importRosterFolder, refused } from './capabilities/roster/server/import.ts'
import { tellTerminal } from './capabilities/roster/server/progress.ts'
import { importRosterService } from './capabilities/roster/server/rest-client.ts'
import { importScoresFolder } from './capabilities/roster/server/scores.ts'
import { exportDistrict, importDistrict } from './platform/server/district-files.ts'
import { PlainMapping } from './capabilities/roster/plain-mapping.ts'
import { importIcalFile } from './capabilities/schedule/server/import-ical.ts'
import { layRotation } from './capabilities/schedule/server/rotation-command.ts'
import { keepToldCalendar } from './capabilities/schedule/server/queries.ts'
import { importSingleCaseFolder } from './demo/singlecase.ts'
import { openCore, type Core } from './core.ts'
import { dropDemo, loadDemo } from './demo/load.ts'
import { sealAudit, verifyAudit } from './platform/server/audit.ts'
import { readConfig } from './platform/server/config.ts'
import { listFor, rotateKeys, signOutFor } from './platform/server/device-desk.ts'
import { rebuild } from './platform/server/views.ts'
import { registry } from './registry.ts'

const USAGE = `Handrail

  npm run handrail -- <command> [--json]

  import roster <folder> [--district NAME] [--dry-run]       students, adults, classes, in any format of docs/imports.md
      [--format oneroster|sds|edfi|ucs|csv] [--mapping FILE] [--source NAME] [--accept-leavers]
  import oneroster <folder> [--district NAME] [--dry-run]    the same, a OneRoster CSV bundle
  import oneroster-rest --district NAME --url U --token-url T --client-id ID [--dry-run] [--accept-leavers]
      a OneRoster 1.2 service; the client's secret in HANDRAIL_ONEROSTER_SECRET
  import scores <folder> [--district NAME] [--dry-run]       assessment exports, for students who are there
  import attendance <file> [--district NAME] [--mapping FILE] [--dry-run]   the office's codes, by student and day
  import ical <file> [--district NAME] [--school NAME] [--dry-run]   events, closed days and day types of a calendar
  calendar rotation --types A,B --from DAY --to DAY [--open] [--district NAME] [--school NAME] [--dry-run]
      day types in turn over the school days; --open also opens weekdays that are not closed
  export district <folder> --district NAME                   everything of a district as open files
  import district <folder>                                   a district as it was exported, into a database without it
  import singlecase <folder> [--district NAME] [--dry-run]   published single-case data sets
  admin create --email E --name "Given Family" [--district NAME] [--password P]
  devices list --email E                                     the devices of a person
  devices sign-out --email E [--device ID]                   one device, or all of them, from elsewhere
  keys rotate [--district NAME]                              a new key to seal records to; older ones still open
  audit verify                                               recompute the chain of the trail
  views rebuild                                              drop every view and fold all records again
  demo reset                                                 the demo school as on its first day

  without a database, on data of anybody's:
  analyze singlecase <csv or folder>    overlap indices and slopes of each A phase and the B phase after it
  analyze ioa <file>                    agreement of two observers, by every formula that applies
  analyze streams <file>                one stream of behavior, read by every way of recording
  analyze decisions <file>              what the rules of progress monitoring give
  analyze imports <folder>              every set of files below it: what an import would read, and what it would refuse
  analyze check <folder>                every number of a folder of reference data against ours
`

/** An import or a rebuild of a large district may be at one statement for long. */
const PATIENCE_MS = 3_600_000

interface Outcome {
  readonly ok: boolean
  /** What --json prints. */
  readonly report: unknown
  /** What a person reads. */
  readonly text: string
}

type Options = {
  json: boolean
  'dry-run': boolean
  'accept-leavers': boolean
  open: boolean
  types?: string
  from?: string
  to?: string
  format?: string
  url?: string
  'token-url'?: string
  'client-id'?: string
  mapping?: string
  source?: string
  district?: string
  school?: string
  email?: string
  name?: string
  password?: string
  device?: string
}
type Command = (core: Core, folder: string, options: Options) => Promise<Outcome>

const COMMANDS: { readonly [words: string]: Command } = {
  'import roster': (core, folder, options) => importRosterOf(core, folder, options, options.format),
  'import oneroster': (core, folder, options) => importRosterOf(core, folder, options, 'oneroster'),
  'import oneroster-rest': (core, _folder, options) =>
    importRosterService(
      core,
      {
        url: options.url,
        tokenUrl: options['token-url'],
        clientId: options['client-id'],
        clientSecret: process.env['HANDRAIL_ONEROSTER_SECRET'],
      },
      {
        district: options.district,
        dryRun: options['dry-run'],
        acceptLeavers: options['accept-leavers'],
      },
    ),
  'import scores': (core, folder, options) =>
    importScoresFolder(core, folder, { district: options.district, dryRun: options['dry-run'] }),
  'import attendance': (core, file, options) => {
    const mapping = mappingOf(OfficialMapping, options.mapping)
    if (typeof mapping === 'string') return Promise.resolve(refused(mapping))
    return importOfficialFile(core, file, {
      district: options.district,
      mapping,
      dryRun: options['dry-run'],
    })
  },
  'import ical': (core, file, options) =>
    importIcalFile(core, file, {
      district: options.district,
      school: options.school,
      dryRun: options['dry-run'],
    }),
  'calendar rotation': (core, _folder, options) =>
    layRotation(core, {
      district: options.district,
      school: options.school,
      types: options.types,
      from: options.from,
      to: options.to,
      open: options.open,
      dryRun: options['dry-run'],
    }),
  'export district': (core, folder, { district }) => exportDistrict(core, folder, district),
  'import district': (core, folder) => importDistrict(core, folder),
  'import singlecase': (core, folder, options) =>
    importSingleCaseFolder(core, folder, { district: options.district, dryRun: options['dry-run'] }),
  'admin create': (core, _folder, { email, name, district, password }) =>
    createAdministrator(core, { email, name, district, password }),
  'devices list': (core, _folder, { email }) => listFor(core, email),
  'devices sign-out': (core, _folder, { email, device }) => signOutFor(core, email, device),
  'keys rotate': (core, _folder, { district }) => rotateKeys(core, district),
  'audit verify': async (core) => {
    const districts = await eachDistrict(core, async (id) => {
      await sealAudit(core.database, id)
      return verifyAudit(core.database, id)
    })
    return {
      ok: districts.every((one) => one.ok),
      report: { districts },
      text: districts
        .map((one) =>
          one.broken
            ? `${one.name}: BROKEN at link ${one.broken.n} (${one.broken.why})`
            : `${one.name}: ${one.entries} entries in ${one.links} links hold`,
        )
        .join('\n'),
    }
  },
  'views rebuild': async (core) => {
    const districts = await eachDistrict(core, async (id) => ({
      partitions: await rebuild(core.database, id, registry),
    }))
    return {
      ok: true,
      report: { districts },
      text: districts.map((one) => `${one.name}: ${one.partitions} partitions folded`).join('\n'),
    }
  },
  'demo reset': async (core) => {
    await dropDemo(core)
    await loadDemo(core)
    return { ok: true, report: { ok: true }, text: 'The demo school is as on its first day.' }
  },
}

async function importRosterOf(
  core: Core,
  folder: string,
  options: Options,
  format: string | undefined,
): Promise<Outcome> {
  const mapping = mappingOf(PlainMapping, options.mapping)
  if (typeof mapping === 'string') return refused(mapping)
  return importRosterFolder({ ...core, calendar: keepToldCalendar }, folder, {
    district: options.district,
    dryRun: options['dry-run'],
    format,
    mapping,
    source: options.source,
    acceptLeavers: options['accept-leavers'],
    // who asks for JSON reads no lines
    ...(options.json ? {} : { told: tellTerminal(process.stderr) }),
  })
}

/** A terminal tells a finding by its message; what a screen looks it up by is not for it. */
function forTerminal(key: string, value: unknown): unknown {
  return key === 'says' ? undefined : value
}

/** What `--mapping` says, undefined without it, or why it cannot be read. */
function mappingOf<T extends object>(shape: z.ZodType<T>, file: string | undefined): T | string | undefined {
  if (file === undefined) return undefined
  const mapping = shape.safeParse(readJson(file))
  return mapping.success
    ? mapping.data
    : `--mapping: ${mapping.error.issues.map((issue) => issue.message).join('; ')}`
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch {
    throw new Error(`The file ${file} cannot be read as JSON.`)
  }
}

async function eachDistrict<T extends object>(core: Core, work: (id: string) => Promise<T>) {
  const results: ({ id: string; name: string } & T)[] = []
  for (const { id, name } of core.directory.all) results.push({ id, name, ...(await work(id)) })
  return results
}

async function main(): Promise<number> {
  const { values, positionals } = understand() ?? { values: undefined, positionals: [] }
  const analysis = values && positionals[0] === 'analyze' ? analyze(positionals.slice(1), values) : null
  if (analysis) {
    if (analysis.out !== '') console.log(analysis.out)
    if (analysis.err !== '') console.error(analysis.err)
    return analysis.code
  }
  const words = positionals.slice(0, 2).join(' ')
  const command = Object.hasOwn(COMMANDS, words) ? COMMANDS[words] : undefined
  const needsFolder = ['import', 'export'].includes(positionals[0] ?? '') && words !== 'import oneroster-rest'
  const folder = positionals[2] ?? ''
  if (!values || !command || (needsFolder && folder === '')) {
    console.error(USAGE)
    return 2
  }
  const core = await openCore(readConfig(), { patienceMs: PATIENCE_MS })
  try {
    const outcome = await command(core, folder, values)
    console.log(values.json ? JSON.stringify(outcome.report, forTerminal, 2) : outcome.text)
    return outcome.ok ? 0 : 1
  } finally {
    await core.close()
  }
}

/** The arguments, or undefined when there is an option that no command has. */
function understand() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        'accept-leavers': { type: 'boolean', default: false },
        open: { type: 'boolean', default: false },
        types: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        format: { type: 'string' },
        url: { type: 'string' },
        'token-url': { type: 'string' },
        'client-id': { type: 'string' },
        mapping: { type: 'string' },
        source: { type: 'string' },
        district: { type: 'string' },
        school: { type: 'string' },
        email: { type: 'string' },
        name: { type: 'string' },
        password: { type: 'string' },
        device: { type: 'string' },
      },
    })
  } catch (error) {
    console.error(`${(error as Error).message}\n`)
    return undefined
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
