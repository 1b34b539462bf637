/** What the environment may say, and what is said to whoever gets it wrong. */
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readConfig } from './config.ts'

it('needs nothing: port 4400 of this machine only, an embedded database, the demo where nothing else is', () => {
  expect(readConfig({})).toEqual({
    port: 4400,
    host: '127.0.0.1',
    databaseUrl: undefined,
    dataDir: resolve('.handrail'),
    demo: undefined,
    origin: undefined,
    log: 'warn',
  })
})

it('takes each variable', () => {
  expect(
    readConfig({
      PORT: '8080',
      HOST: '0.0.0.0',
      DATABASE_URL: 'postgresql://owner:secret@db.example/handrail',
      HANDRAIL_DATA: '/var/lib/handrail',
      HANDRAIL_DEMO: '0',
      HANDRAIL_ORIGIN: 'https://handrail.example',
      HANDRAIL_METRICS: '10.0.0.5:9464',
      HANDRAIL_LOG: 'info',
    }),
  ).toEqual({
    port: 8080,
    host: '0.0.0.0',
    databaseUrl: 'postgresql://owner:secret@db.example/handrail',
    dataDir: '/var/lib/handrail',
    demo: false,
    origin: 'https://handrail.example',
    metrics: { host: '10.0.0.5', port: 9464 },
    log: 'info',
  })
  expect(readConfig({ HANDRAIL_METRICS: '[::1]:9464' }).metrics).toEqual({ host: '::1', port: 9464 })
  expect(readConfig({ HANDRAIL_DEMO: '1' }).demo).toBe(true)
})

it('takes an empty variable as one that is not set', () => {
  const empty = {
    PORT: '',
    HOST: '',
    DATABASE_URL: '',
    HANDRAIL_DATA: '',
    HANDRAIL_DEMO: '',
    HANDRAIL_LOG: '',
  }
  expect(readConfig(empty)).toEqual(readConfig({}))
})

it.each([
  ['PORT', 'http'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '80.5'],
  ['DATABASE_URL', 'mysql://owner:secret@db.example/handrail'],
  ['DATABASE_URL', 'postgres'],
  ['HANDRAIL_DEMO', 'yes'],
  ['HANDRAIL_ORIGIN', 'handrail.example'],
  ['HANDRAIL_ORIGIN', 'ftp://handrail.example'],
  ['HANDRAIL_METRICS', '9464'],
  ['HANDRAIL_METRICS', ':9464'],
  ['HANDRAIL_METRICS', 'metrics'],
  ['HANDRAIL_METRICS', '127.0.0.1:70000'],
  ['HANDRAIL_LOG', 'loud'],
])('names %s when it says %s, and does not repeat a password', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name}: .+`))
  expect(() => readConfig({ [name]: value })).not.toThrow(/secret/)
})

it('names everything that is wrong at once', () => {
  const read = () => readConfig({ PORT: 'x', HANDRAIL_DEMO: 'x', HANDRAIL_LOG: 'info' })
  expect(read).toThrow(/PORT: .*\nHANDRAIL_DEMO: /)
})
