/** The front door of the web app: composes what the capabilities bring, and nothing else. */
import * as messages from './capabilities/messages/web/screens.ts'
import * as progress from './capabilities/progress/web/screens.ts'
import * as schedule from './capabilities/schedule/web/screens.ts'
import * as sessions from './capabilities/sessions/web/screens.ts'
import { studentsWith } from './capabilities/students/web/screens.tsx'
import { start } from './platform/web/shell/start.tsx'
import { registry } from './registry.ts'

void start({
  registry,
  capabilities: [schedule, sessions, progress, studentsWith([progress.studentGoals]), messages],
})
