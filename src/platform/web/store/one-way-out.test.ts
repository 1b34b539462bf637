import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const web = dirname(dirname(fileURLToPath(import.meta.url)))

it('G1 F20 one place in the code removes from the outbox: the acknowledgement', () => {
  const removing = globSync('{store,sync,vault}/*.ts', { cwd: web })
    .filter((file) => !file.includes('.test.'))
    .flatMap((file) => {
      const lines = readFileSync(`${web}/${file}`, 'utf8').split('\n')
      return lines
        .filter((line) => /\boutbox\.(delete|clear)\(/.test(line))
        .map((line) => `${file}: ${line.trim()}`)
    })
  // cache.ts holds the copy in memory, which follows what the store did.
  expect(removing.filter((line) => !line.startsWith('store/cache.ts'))).toEqual([
    'store/acknowledge.ts: await tx.outbox.delete(sent)',
  ])
})
