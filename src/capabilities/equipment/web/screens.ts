/** What equipment brings to the web app: its card on Today, and what is not in order in the inbox (composed in src/web.tsx). */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ScreenRoute } from '../../../platform/web/router/screen.ts'

export const screens: readonly ScreenRoute[] = []

export const kindNames: Readonly<Record<string, MessageDescriptor>> = {
  'equipment.check': msg`Equipment check`,
  'equipment.void': msg`Withdrawn`,
}

export const equipmentToday = { load: () => import('./EquipmentToday.tsx') }
export const equipmentOpen = { load: () => import('./EquipmentOpen.tsx') }
export const equipmentWaits = { load: () => import('./EquipmentWaits.tsx') }
