/**
 * What the same bodies cost a server that does nothing but keep them: node:http, JSON.parse, one insert a batch into a
 * table of the record table's shape, on connections that are as many and as durable as ours. Nobody is signed in,
 * nothing is checked, judged, folded, positioned or told of. It says how much room is left between a floor without any
 * server and ours. Started by b1-record.ts with BENCH_DATABASE; it speaks to its parent as server.ts does.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import type { Envelope } from '../src/platform/records/envelope.ts'

const pool = new pg.Pool({
  connectionString: process.env['BENCH_DATABASE'],
  options: '-c search_path=handrail',
  max: 10,
})
const INSERT = `
  insert into bench_bare (district_id, id, pos, aud, student_id, kind, act, standing, part, at, day, device, seq, author,
    uploaded_by, received, digest, envelope)
  select r.device, r.id, r.seq, 1, r.student_id, r.kind, 'c', false, r.part, r.at, r.at::date, r.device, r.seq, r.device,
    r.device, now(), '', r.envelope
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::integer[], $8::text[])
    as r (id, student_id, kind, part, at, device, seq, envelope)`

const server = createServer((request, response) => {
  textOf(request)
    .then(keep)
    .then((answer) => response.setHeader('content-type', 'application/json').end(answer))
    .catch((error: unknown) => response.writeHead(500).end(String(error)))
})
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
process.on('message', (message) => {
  const { user, system } = process.cpuUsage()
  if (message === 'usage') process.send?.({ cpu: (user + system) / 1000, rss: 0, highestRss: 0 })
  if (message === 'end') process.exit(0)
})
process.on('disconnect', () => process.exit(0))

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

async function keep(text: string): Promise<string> {
  const { records } = JSON.parse(text) as { records: Envelope[] }
  await pool.query({
    name: 'keep',
    text: INSERT,
    values: [
      records.map(({ id }) => id),
      records.map(({ student }) => student),
      records.map(({ kind }) => kind),
      records.map(({ refs, id }) => refs['session'] ?? id),
      records.map(({ at }) => at),
      records.map(({ device }) => device),
      records.map(({ seq }) => seq),
      records.map((record) => JSON.stringify(record)),
    ],
  })
  return JSON.stringify({ acks: records.map(({ id }) => ({ id, status: 'accepted' })) })
}
