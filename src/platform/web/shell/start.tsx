/**
 * Starts the web app: the device begins to open, and the shell is drawn as soon as there are words. src/web.tsx calls
 * it once with what the capabilities bring.
 */
import { i18n } from '@lingui/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Registry } from '../../records/registry.ts'
import { deviceLanguage, speak } from '../i18n/language.ts'
import type { WebCapability } from '../router/screen.ts'
import { registerWorker } from '../worker/update.ts'
import { App, prepare } from './App.tsx'

export interface WebApp {
  /** Awaited when somebody is here. */
  readonly registry: Promise<Registry>
  readonly capabilities: readonly WebCapability[]
}

export async function start(app: WebApp): Promise<void> {
  const place = document.getElementById('root')
  if (!place) throw new Error('no #root in the page')
  const made = prepare(app)
  await speak(deviceLanguage())
  createRoot(place).render(
    <StrictMode>
      <App made={made} i18n={i18n} />
    </StrictMode>,
  )
  await registerWorker()
}
