/** Every kind of record and every view in the house. Both sides, the command line and the tests share this list. */
import { kinds as attendanceKinds } from './capabilities/attendance/records.ts'
import { dayView } from './capabilities/attendance/rules.ts'
import { kinds as behaviorKinds } from './capabilities/behavior/records.ts'
import { behaviorView } from './capabilities/behavior/rules.ts'
import { kinds as careKinds } from './capabilities/care/records.ts'
import { careView } from './capabilities/care/rules.ts'
import { kinds as equipmentKinds } from './capabilities/equipment/records.ts'
import { kinds as messageKinds } from './capabilities/messages/records.ts'
import { kinds as progressKinds } from './capabilities/progress/records.ts'
import { planView } from './capabilities/progress/plan.ts'
import { draftsView } from './capabilities/programs/drafts.ts'
import { checksView, decisionsView, importedPointsView } from './capabilities/progress/views.ts'
import { kinds as reportKinds } from './capabilities/reports/records.ts'
import { reportView, sentencesView } from './capabilities/reports/rules.ts'
import { kinds as sessionKinds } from './capabilities/sessions/records.ts'
import { observationsView } from './capabilities/sessions/observations.ts'
import { sessionView } from './capabilities/sessions/rules.ts'
import { kinds as studentKinds } from './capabilities/students/records.ts'
import { createRegistry, type View } from './platform/records/registry.ts'

export const registry = createRegistry(
  [
    ...studentKinds,
    ...sessionKinds,
    ...behaviorKinds,
    ...careKinds,
    ...progressKinds,
    ...reportKinds,
    ...attendanceKinds,
    ...equipmentKinds,
    ...messageKinds,
  ],
  // a registry holds views of many states; each view checks its own
  [
    sessionView,
    observationsView,
    importedPointsView,
    planView,
    decisionsView,
    checksView,
    draftsView,
    behaviorView,
    careView,
    reportView,
    sentencesView,
    dayView,
  ] as unknown as readonly View[],
)
