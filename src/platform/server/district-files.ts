/**
 * Everything of a district as open files, and back: a table a file, CSV where its values are plain, JSON lines where
 * they are not, with a readme and a list of what there must be. What comes back is equal to what went out, row by row
 * and byte by byte, its trail included. Knows no table by name: what has a district is taken, whichever capability made
 * it. Called by the command line, as the owner of the database; no request comes here.
 *
 * Left out: sign-ins and passwords (they are people's, not a district's), and tables that hold tokens. Keys of devices
 * and of the district stay in the secrets folder, so records that lie sealed on devices are sent before one moves.
 */
import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import pg from 'pg'
import { z } from 'zod'
import type { Database } from './db.ts'
import type { Directory } from './directory.ts'

interface Services {
  readonly ownerUrl: string
  readonly database: Database
  readonly directory: Directory
}
interface Outcome {
  readonly ok: boolean
  readonly report: unknown
  readonly text: string
}

const FORMAT = 'handrail-district'
const LIST = 'district.json'

const Listed = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  district: z.object({ id: z.uuid(), name: z.string() }),
  tables: z.record(
    z.string().regex(/^[a-z_]+$/),
    z.object({
      file: z.string().regex(/^[a-z_]+\.(csv|jsonl)$/),
      columns: z.array(z.string().regex(/^[a-z_0-9]+$/)),
      rows: z.int().min(0),
      sha256: z.string(),
    }),
  ),
})
type Listed = z.infer<typeof Listed>

/** Rows that are read or written at once. */
const PAGE = 2000

/** `export district`: into a folder that is empty or not there. */
export async function exportDistrict(
  { ownerUrl, database, directory }: Services,
  folder: string,
  name: string | undefined,
): Promise<Outcome> {
  const district = directory.all.find((one) => one.name === name)
  if (!district)
    return refused(`Which district? --district NAME: ${directory.all.map((one) => one.name).join(', ')}`)
  if (existsSync(folder) && readdirSync(folder).length > 0)
    return refused(`The folder ${folder} is not empty.`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })

  const tables: Listed['tables'] = {}
  await asOwner(ownerUrl, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    for (const table of await tablesOf(client)) {
      const file = `${table.name}.${table.plain ? 'csv' : 'jsonl'}`
      const { rows, sha256 } = await writeFile(join(folder, file), linesOf(client, table, district.id))
      tables[table.name] = { file, columns: table.columns, rows, sha256 }
    }
    await client.query('commit')
  })
  const list: Listed = {
    format: FORMAT,
    version: 1,
    district: { id: district.id, name: district.name },
    tables,
  }
  writeFileSync(join(folder, LIST), `${JSON.stringify(list, null, 2)}\n`, { mode: 0o600 })
  writeFileSync(join(folder, 'README.md'), readmeOf(list), { mode: 0o600 })

  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
  // after the files, so that they hold what was there before anybody asked for them
  await database.asSystem(district.id, (tx) =>
    tx.audit({ action: 'district.export', detail: { tables: Object.keys(tables).length, rows } }),
  )
  return {
    ok: true,
    report: { ok: true, district: list.district, rows, tables },
    text: `Wrote ${rows} rows of ${Object.keys(tables).length} tables to ${folder}. They hold records of students: keep them as such.`,
  }
}

/** `import district`: into a database that does not have it; whole or not at all. */
export async function importDistrict(
  { ownerUrl, database, directory }: Services,
  folder: string,
): Promise<Outcome> {
  const list = listIn(folder)
  if (typeof list === 'string') return refused(list)
  if (directory.all.some((one) => one.id === list.district.id || one.name === list.district.name))
    return refused(`The district ${list.district.name} is here already; nothing was changed.`)
  try {
    await asOwner(ownerUrl, async (client) => {
      await client.query('begin')
      const known = new Map((await tablesOf(client)).map((table) => [table.name, table]))
      for (const [name, entry] of Object.entries(list.tables)) {
        const table = known.get(name)
        const unknown = entry.columns.filter((column) => !table?.columns.includes(column))
        if (!table || unknown.length > 0)
          throw new BadFile(
            entry.file,
            0,
            `this version has no ${table ? `column ${unknown.join(', ')}` : 'such table'}; import it with a newer one`,
          )
        await readInto(client, folder, table, entry)
      }
      await client.query('commit')
    })
  } catch (error) {
    if (error instanceof BadFile) return refused(`${error.message} Nothing was imported.`)
    throw error
  }
  await directory.load(database.pool)
  const rows = Object.values(list.tables).reduce((sum, table) => sum + table.rows, 0)
  return {
    ok: true,
    report: { ok: true, district: list.district, rows },
    text: `Imported ${list.district.name}: ${rows} rows. People sign in once an administrator has invited them (admin create).`,
  }
}

function refused(message: string): Outcome {
  return { ok: false, report: { ok: false, messages: [message] }, text: message }
}

class BadFile extends Error {
  constructor(file: string, row: number, what: string) {
    super(`${row > 0 ? `${file}:${row}` : file}: ${what}.`)
  }
}

// What there is

interface Table {
  readonly name: string
  readonly columns: string[]
  /** Columns that order the rows the same in every database. */
  readonly key: string[]
  readonly identity: readonly string[]
  /** Every value is a word, a number or a date. */
  readonly plain: boolean
}

/** Text that is a document of its own and would make a table unreadable. */
const DOCUMENTS = ['envelope', 'state', 'body', 'detail', 'report']

async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{
    name: string
    column: string
    type: string
    category: string
    key: number | null
    identity: boolean
  }>(`
    select c.relname as name, a.attname as column, t.typname as type, t.typcategory as category,
      array_position(i.indkey::int2[], a.attnum) as key, a.attidentity <> '' as identity
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    join pg_type t on t.oid = a.atttypid
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = 'handrail'::regnamespace and c.relkind in ('r', 'p')
      and exists (select from pg_attribute d where d.attrelid = c.oid and d.attname = 'district_id')
      and not exists (select from pg_attribute s where s.attrelid = c.oid and s.attname ~ 'token|secret')
    order by c.relname collate "C", a.attnum`)
  return [...Map.groupBy(rows, (row) => row.name)].map(([name, columns]) => ({
    name,
    columns: columns.map(({ column }) => column),
    key: columns
      .filter(({ key }) => key !== null)
      .toSorted((a, b) => (a.key ?? 0) - (b.key ?? 0))
      .map(({ column, category }) => (category === 'S' ? `"${column}" collate "C"` : `"${column}"`)),
    identity: columns.filter(({ identity }) => identity).map(({ column }) => column),
    // arrays, ranges and JSON have a shape of their own; user-defined covers jsonb and bytea
    plain: columns.every(({ column, category, type }) =>
      !['A', 'R', 'U'].includes(category) || ['uuid'].includes(type) ? !DOCUMENTS.includes(column) : false,
    ),
  }))
}

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  // instants and numbers as text that means the same everywhere
  const client = new pg.Client({
    connectionString: url,
    options: '-c search_path=handrail -c timezone=UTC -c datestyle=ISO -c extra_float_digits=1',
  })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

// Out

/** The lines of a table's file, in the order of its key. */
async function* linesOf(client: pg.Client, table: Table, district: string): AsyncGenerator<string> {
  const columns = table.columns.map((column) => `"${column}"`)
  if (table.plain) yield table.columns.join(',')
  const values = table.plain
    ? `array[${columns.map((column) => `to_jsonb(${column}) #>> '{}'`).join(', ')}]`
    : 'row_to_json(t)::text'
  await client.query(
    `declare page no scroll cursor for select ${values} as line
     from (select ${columns.join(', ')} from "${table.name}" where district_id = ${pg.escapeLiteral(district)}
           order by ${table.key.join(', ')}) t`,
  )
  for (;;) {
    const { rows } = await client.query<{ line: string | (string | null)[] }>(`fetch ${PAGE} from page`)
    if (rows.length === 0) break
    for (const { line } of rows) yield typeof line === 'string' ? line : line.map(cellOf).join(',')
  }
  await client.query('close page')
}

/** No value is an empty cell; an empty text is two quotes, as PostgreSQL's own CSV has it. */
function cellOf(value: string | null): string {
  if (value === null) return ''
  return value === '' || /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

async function writeFile(
  path: string,
  lines: AsyncGenerator<string>,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256')
  let rows = path.endsWith('.csv') ? -1 : 0
  const hashed = async function* () {
    for await (const line of lines) {
      rows += 1
      hash.update(`${line}\n`)
      yield `${line}\n`
    }
  }
  await pipeline(Readable.from(hashed()), createWriteStream(path, { mode: 0o600 }))
  return { rows, sha256: hash.digest('hex') }
}

// In

function listIn(folder: string): Listed | string {
  let text: string
  try {
    text = readFileSync(join(folder, LIST), 'utf8')
  } catch {
    return `There is no ${LIST} in ${folder}: this is no export of a district.`
  }
  try {
    return Listed.parse(JSON.parse(text))
  } catch {
    return `${LIST} is not as an export writes it.`
  }
}

async function readInto(
  client: pg.Client,
  folder: string,
  table: Table,
  { file, columns, rows, sha256 }: Listed['tables'][string],
): Promise<void> {
  const path = join(folder, file)
  if (!existsSync(path)) throw new BadFile(file, 0, 'the file is missing')
  if ((await digestOf(path)) !== sha256)
    throw new BadFile(file, 0, 'it is not as it was written: cut off, or changed by hand')
  const names = columns.map((column) => `"${column}"`).join(', ')
  let done = 0
  const put = async (page: string[]) => {
    try {
      await client.query(
        `insert into "${table.name}" (${names}) overriding system value
         select ${names} from json_populate_recordset(null::handrail."${table.name}", $1::json)`,
        [`[${page.join(',')}]`],
      )
    } catch (error) {
      // the words of PostgreSQL may quote a value
      throw new BadFile(
        file,
        done + 1,
        `rows from here on cannot go in (${(error as { code?: string }).code ?? 'unknown'})`,
      )
    }
    done += page.length
  }
  let page: string[] = []
  for await (const row of table.plain ? objectsOf(path, columns) : textsOf(path)) {
    page.push(row)
    if (page.length === PAGE) {
      await put(page)
      page = []
    }
  }
  if (page.length > 0) await put(page)
  if (done !== rows) throw new BadFile(file, 0, `it has ${done} rows instead of ${rows}`)
  for (const column of table.identity)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), greatest((select max("${column}") from "${table.name}"), 1))`,
      [`handrail.${table.name}`, column],
    )
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function* textsOf(path: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
    if (line !== '') yield line
}

async function* objectsOf(path: string, columns: readonly string[]): AsyncGenerator<string> {
  const rows = createReadStream(path).pipe(
    parse({ from: 2, cast: (value, { quoting }) => (quoting || value !== '' ? value : null) }),
  ) as AsyncIterable<(string | null)[]>
  for await (const row of rows)
    yield JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])))
}

function readmeOf({ district, tables }: Listed): string {
  return [
    `# ${district.name}`,
    '',
    'Everything that Handrail holds of this district, a table a file. They are records of students (FERPA): keep, share and',
    'destroy them as such.',
    '',
    '- `.csv`: UTF-8, commas, one header line. An empty cell is no value; two quotes are an empty text.',
    '- `.jsonl`: one JSON object a line. `record.jsonl` holds what people recorded: `envelope` is the record itself, and',
    '  its SHA-256 is `digest`.',
    '- Instants are ISO 8601 in UTC; days are `YYYY-MM-DD`; ids are UUIDs and link the files with each other.',
    '- `projection.jsonl` is worked out from the records and can be worked out again.',
    '- Sign-ins, passwords and tokens are not here.',
    '',
    'Back into a Handrail that does not have this district: `npm run handrail -- import district <this folder>`.',
    '',
    '| File | Rows | Columns |',
    '|---|---|---|',
    ...Object.values(tables).map(
      ({ file, rows, columns }) => `| ${file} | ${rows} | ${columns.join(', ')} |`,
    ),
    '',
  ].join('\n')
}
