/** The front door of the web app: composes what the capabilities bring, and nothing else. */
import * as schedule from './capabilities/schedule/web/screens.ts'
import * as sessions from './capabilities/sessions/web/screens.ts'
import { start } from './platform/web/shell/start.tsx'
import { registry } from './registry.ts'

void start({ registry, capabilities: [schedule, sessions] })
