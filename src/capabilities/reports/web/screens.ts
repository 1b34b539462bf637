/** The screens of reports and data sheets, and the part they add to a student's page. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'

const report = { title: msg`Progress report`, place: 'none' } as const
const sheets = { title: msg`Data sheets`, place: 'none' } as const

export const screens: readonly ScreenRoute[] = [
  { ...report, path: '/report/$student', load: () => import('./ReportPage.tsx') },
  { ...report, path: '/reports/$student/$report', load: () => import('./FinalPage.tsx') },
  { ...sheets, path: '/sheets/$student', load: () => import('./PrintPage.tsx') },
  { ...sheets, path: '/sheet', load: () => import('./CodePage.tsx') },
  { ...sheets, path: '/sheet/$code', load: () => import('./EntryPage.tsx') },
]

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  'reports.report': msg`Progress report`,
  'reports.addendum': msg`Addendum to a report`,
  'reports.release': msg`Report given to the family`,
  'reports.sentence': msg`Sentence for a report`,
}

export const studentReports = { load: () => import('./StudentReports.tsx') }
