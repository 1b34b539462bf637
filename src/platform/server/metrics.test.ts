/** The figures as Prometheus reads them: on a listener of their own, true, and about nobody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cedarBend } from '../../demo/cedar-bend.ts'
import { studentId } from '../../demo/people.ts'
import {
  demoDevice,
  openRunning,
  publishProgram,
  sessionRecords,
  type Running,
} from '../../guarantees/running.ts'
import { sealAudit } from './audit.ts'
import { testEngines } from './testing.ts'

describe.each(testEngines())('figures on $name', { timeout: 30_000 }, ({ name }) => {
  let house: Running
  beforeAll(async () => {
    house = await openRunning(name, { demo: true, config: { metrics: { host: '127.0.0.1', port: 0 } } })
  })
  afterAll(() => house.close())

  const scrape = async () => {
    const answer = await fetch(`${house.app.metricsUrl}/metrics`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    return answer.text()
  }
  const figure = (text: string, name: string, labels = '') =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name}${labels} `))
        ?.split(' ')[1],
    )

  it('counts what was asked and what became of records, tells the state of the house, and names nobody', async () => {
    const [dana, maya] = [await house.persona('case-manager'), await house.persona('para')]
    const program = await publishProgram(house, dana, studentId('am'), 'Requests for Amari')
    const records = sessionRecords(house, demoDevice(house, 'maya'), program, 3)
    await maya.post('/api/records', { records })
    await maya.post('/api/records', { records: [...records, { id: 'x', body: 'Amari Mensah' }] })
    await maya.get('/api/feed?held=1,2,3')
    await maya.get('/Amari-Mensah')
    await house.visitor().get('/api/me')
    const abort = new AbortController()
    await fetch(`${house.url}/api/live`, { headers: { cookie: maya.cookie }, signal: abort.signal })

    const text = await scrape()
    expect(figure(text, 'handrail_records_total', '{status="accepted",code=""}')).toBe(1 + records.length)
    expect(figure(text, 'handrail_records_total', '{status="duplicate",code=""}')).toBe(records.length)
    expect(figure(text, 'handrail_records_total', '{status="refused",code="record.malformed"}')).toBe(1)
    const requests = 'handrail_http_request_seconds_count'
    expect(figure(text, requests, '{method="POST",route="/api/records",status="200"}')).toBe(3)
    expect(figure(text, requests, '{method="GET",route="/api/feed",status="200"}')).toBe(1)
    expect(figure(text, requests, '{method="GET",route="/api/me",status="401"}')).toBe(1)
    expect(figure(text, requests, '{method="GET",route="none",status="404"}')).toBe(1)
    expect(figure(text, 'handrail_live_streams')).toBe(1)
    expect(figure(text, 'handrail_database_connections', '{pool="records",state="total"}')).toBeGreaterThan(0)
    expect(figure(text, 'handrail_database_connections', '{pool="identity",state="waiting"}')).toBe(0)
    expect(figure(text, 'handrail_audit_unsealed_entries')).toBeGreaterThan(0)
    expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(0)
    expect(text).toContain('nodejs_gc_duration_seconds')
    abort.abort()

    for (const { id } of house.core.directory.all) await sealAudit(house.core.database, id)
    expect(figure(await scrape(), 'handrail_audit_unsealed_entries')).toBe(0)

    const { district, batch } = cedarBend()
    const names = [district.name, ...batch.schools.map((school) => school.name)]
    for (const one of [...batch.people, ...batch.students]) names.push(one.given, one.family)
    expect(names.length).toBeGreaterThan(40)
    const words = new Set(text.split(/[^\p{L}\p{M}'-]+/u))
    expect(names.filter((one) => words.has(one) || (one.includes(' ') && text.includes(one)))).toEqual([])
    // nor an id
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  })

  it('is not on the public port, and answers nothing but the figures', async () => {
    expect((await house.visitor().get('/metrics')).status).toBe(404)
    expect((await fetch(`${house.app.metricsUrl}/`)).status).toBe(404)
    expect((await fetch(`${house.app.metricsUrl}/metrics`, { method: 'POST' })).status).toBe(404)
    const other = await openRunning(name)
    expect(other.app.metricsUrl).toBeUndefined()
    await other.close()
  })
})
