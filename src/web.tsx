/** The front door of the web app: composes what the capabilities bring, and nothing else. */
import * as attendance from './capabilities/attendance/web/screens.ts'
import * as behavior from './capabilities/behavior/web/screens.ts'
import * as care from './capabilities/care/web/screens.ts'
import * as coverage from './capabilities/coverage/web/screens.ts'
import * as equipment from './capabilities/equipment/web/screens.ts'
import { messagesToday, messagesWith, studentMessages } from './capabilities/messages/web/screens.ts'
import { prepToday } from './capabilities/prep/web/screens.ts'
import { programsWith } from './capabilities/programs/web/screens.tsx'
import { nextPerson, nextRun, progressWith, studentGoals } from './capabilities/progress/web/screens.ts'
import * as reports from './capabilities/reports/web/screens.ts'
import * as roster from './capabilities/roster/web/screens.ts'
import { scheduleWith } from './capabilities/schedule/web/screens.ts'
import { observeToday, padCard, sessionsWith, timesCheck } from './capabilities/sessions/web/screens.ts'
import {
  questions,
  questionsWait,
  studentsToday,
  studentsWith,
} from './capabilities/students/web/screens.tsx'
import { start } from './platform/web/shell/start.tsx'

void start({
  // what records mean is not needed to paint: it is fetched beside the words
  registry: import('./registry.ts').then(({ registry }) => registry),
  capabilities: [
    scheduleWith({
      safety: [studentsToday],
      changed: [
        timesCheck,
        coverage.changedCard,
        care.concernsWait,
        questionsWait,
        equipment.equipmentWaits,
        coverage.ownTraining,
      ],
      block: [attendance.rollCard],
      later: [observeToday, equipment.equipmentToday, nextPerson, prepToday, messagesToday],
      run: [nextRun],
      own: [coverage.ownDay],
    }),
    sessionsWith({ ...behavior.pads, ...care.pads }),
    attendance,
    behavior,
    care,
    coverage,
    progressWith({ ...behavior.panels, ...care.panels }),
    programsWith(padCard),
    reports,
    roster,
    studentsWith(
      [studentMessages, studentGoals, roster.studentScores, reports.studentReports],
      coverage.callWhom,
    ),
    equipment,
    messagesWith([questions, equipment.equipmentOpen], care.concerns),
  ],
})
