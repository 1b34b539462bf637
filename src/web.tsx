/** The front door of the web app: composes what the capabilities bring, and nothing else. */
import { start } from './platform/web/shell/start.tsx'
import { registry } from './registry.ts'

void start({ registry, capabilities: [] })
