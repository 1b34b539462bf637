/**
 * Figures for whoever runs the server, in Prometheus' format, on a listener of their own (HANDRAIL_METRICS) and never
 * on the public port. Labels are names of routes, codes, jobs and pools: no id, no name, no district.
 */
import { createServer, type Server } from 'node:http'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type pg from 'pg'
import type { Ack } from '../records/wire.ts'
import type { Done } from './jobs.ts'

/** What the figures are read from when somebody asks for them. */
export interface Sources {
  readonly pools: Readonly<Record<string, pg.Pool>>
  readonly streams: () => number
  /** Entries of the trail that no seal covers yet. */
  readonly unsealed: () => Promise<number>
  /** The last time each job was done, by any process. */
  readonly lastDone: () => Promise<readonly Done[]>
}

/** What is counted while it happens. */
export interface Metrics {
  answered(method: string, route: string, status: number, seconds: number): void
  acknowledged(acks: readonly Pick<Ack, 'status' | 'code'>[]): void
  ran(job: string, outcome: 'done' | 'failed', seconds: number): void
  /** What answers `GET /metrics`; the caller says where. */
  serve(sources: Sources): Server
}

export function createMetrics(): Metrics {
  const register = new Registry()
  const registers = [register]
  const requests = new Histogram({
    name: 'handrail_http_request_seconds',
    help: 'Requests by method, route and status, and how long they took',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers,
  })
  const records = new Counter({
    name: 'handrail_records_total',
    help: 'Records acknowledged, by status and by the code of a refusal',
    labelNames: ['status', 'code'] as const,
    registers,
  })
  const jobs = new Histogram({
    name: 'handrail_job_seconds',
    help: 'Attempts at jobs by this process, by outcome, and how long they took',
    labelNames: ['job', 'outcome'] as const,
    buckets: [0.1, 1, 10, 60, 600],
    registers,
  })
  return {
    answered: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    acknowledged(acks) {
      for (const { status, code } of acks) records.inc({ status, code: code ?? '' })
    },
    ran: (job, outcome, seconds) => jobs.observe({ job, outcome }, seconds),
    serve(sources) {
      collectDefaultMetrics({ register })
      gauges(register, sources)
      return createServer((request, response) => {
        if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
        register.metrics().then(
          (text) => response.writeHead(200, { 'content-type': register.contentType }).end(text),
          () => response.writeHead(500).end(),
        )
      })
    },
  }
}

function gauges(register: Registry, { pools, streams, unsealed, lastDone }: Sources): void {
  const registers = [register]
  new Gauge({
    name: 'handrail_database_connections',
    help: 'Connections by pool and state; waiting = work that waits for one',
    labelNames: ['pool', 'state'] as const,
    registers,
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
        this.set({ pool, state: 'total' }, totalCount)
        this.set({ pool, state: 'idle' }, idleCount)
        this.set({ pool, state: 'waiting' }, waitingCount)
      }
    },
  })
  new Gauge({
    name: 'handrail_live_streams',
    help: 'Streams of news that are open',
    registers,
    collect() {
      this.set(streams())
    },
  })
  new Gauge({
    name: 'handrail_audit_unsealed_entries',
    help: 'Entries of the audit trail that no seal covers yet',
    registers,
    async collect() {
      this.set(await unsealed().catch(() => Number.NaN))
    },
  })
  const asOf = new Gauge({
    name: 'handrail_job_last_done_timestamp_seconds',
    help: 'When a job was last done, by any process',
    labelNames: ['job'] as const,
    registers,
  })
  new Gauge({
    name: 'handrail_job_last_count',
    help: 'What a job counted when it was last done, as of handrail_job_last_done_timestamp_seconds',
    labelNames: ['job', 'what'] as const,
    registers,
    async collect() {
      this.reset()
      asOf.reset()
      for (const { job, at, counts } of await lastDone().catch(() => [])) {
        asOf.set({ job }, at / 1000)
        for (const [what, count] of Object.entries(counts)) this.set({ job, what }, count)
      }
    },
  })
}
