/** The catalogue of problems: codes that clients may rely on, words that a teacher can read, nothing of the inside. */
import { describe, expect, it } from 'vitest'
import { Problem as Wire } from '../records/wire.ts'
import {
  isProblemCode,
  isRetryable,
  Problem,
  problemOfDatabase,
  PROBLEMS,
  type ProblemCode,
} from './problems.ts'

describe.each(Object.entries(PROBLEMS))('%s', (code, { status, title }) => {
  it('has a code, a status that says no, and a sentence without the words of programmers', () => {
    expect(code).toMatch(/^[a-z]+\.[a-z_]+$/)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    expect(title).toMatch(/^[A-Z].+\.$/)
    expect(title).not.toMatch(/null|undefined|exception|SQL|constraint|schema|UUID|token/i)
  })

  it('is a problem as RFC 9457 describes it and as the client reads it', () => {
    const body = JSON.parse(JSON.stringify(new Problem(code as ProblemCode, { field: 'records' })))
    expect(body).toEqual({ type: `urn:handrail:problem:${code}`, title, status, code, field: 'records' })
    expect(Wire.parse(body)).toEqual(body)
  })
})

it('looks the same for what is not there and for what one may not see', () => {
  expect(PROBLEMS['access.denied']).toEqual(PROBLEMS['request.not_found'])
})

it('knows its own codes and no others', () => {
  expect(isProblemCode('record.body')).toBe(true)
  for (const other of ['record.unheard_of', 'toString', '__proto__', ''])
    expect(isProblemCode(other)).toBe(false)
})

// SQLSTATEs: PostgreSQL documentation, Appendix A
it.each([
  ['53100', 'database.full'], // disk_full
  ['53200', 'database.full'], // out_of_memory
  ['ENOSPC', 'database.full'],
  ['53300', 'database.unavailable'], // too_many_connections
  ['57P01', 'database.unavailable'], // admin_shutdown
  ['57P03', 'database.unavailable'], // cannot_connect_now
  ['08006', 'database.unavailable'], // connection_failure
  ['ECONNREFUSED', 'database.unavailable'],
  ['ECONNRESET', 'database.unavailable'],
  ['EPIPE', 'database.unavailable'],
  ['ETIMEDOUT', 'database.unavailable'],
  ['EAI_AGAIN', 'database.unavailable'],
  ['57014', 'database.unavailable'], // query_canceled: statement_timeout
  ['55P03', 'database.unavailable'], // lock_not_available: lock_timeout
  ['25P03', 'database.unavailable'], // idle_in_transaction_session_timeout
  ['40001', 'database.unavailable'], // serialization_failure, more often than it is run again
  ['40P01', 'database.unavailable'], // deadlock_detected, the same
  ['58030', 'database.unavailable'], // io_error
  ['42501', 'access.denied'], // insufficient_privilege: row-level security
])('takes %s of the database for %s, also when a library wrapped it', (code, expected) => {
  const error = Object.assign(new Error('new row for Amari Mensah violates …'), { code })
  for (const thrown of [error, new Error('wrapped', { cause: error })]) {
    const problem = problemOfDatabase(thrown)
    expect(problem?.code).toBe(expected)
    expect(JSON.stringify(problem)).not.toContain('Amari')
  }
})

it('takes the driver’s own words about a lost connection for what they are', () => {
  for (const words of [
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
  ])
    expect(problemOfDatabase(new Error(words))?.code).toBe('database.unavailable')
})

it('explains nothing that it does not know', () => {
  for (const error of [
    Object.assign(new Error('duplicate key'), { code: '23505' }),
    Object.assign(new Error('syntax'), { code: '42601' }),
    new Error('anything'),
    'text',
    null,
    undefined,
  ])
    expect(problemOfDatabase(error)).toBeUndefined()
})

it('F41 runs a transaction again after a deadlock or a serialization failure, and after nothing else', () => {
  expect(['40001', '40P01'].map((code) => isRetryable({ code }))).toEqual([true, true])
  expect(['23505', '42501', '40002', undefined].map((code) => isRetryable({ code }))).toEqual(
    Array(4).fill(false),
  )
})
