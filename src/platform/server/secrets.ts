/** Secrets of this installation: made once, kept in HANDRAIL_DATA/secrets for its owner's eyes only. Part of every backup. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** 32 random bytes as hex, the same at every start. */
export function secretOf(
  dataDir: string,
  name: 'session' | 'app_password' | 'cursor' | 'device_wrap' | 'invitation' | 'pin',
): string {
  const folder = join(dataDir, 'secrets')
  const file = join(folder, name)
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8').trim()
}
