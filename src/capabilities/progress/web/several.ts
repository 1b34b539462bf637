/** Programs of my students whose criterion asks for more than one person: known from the plan alone. */
import type { Device } from '../../../platform/web/store/device.ts'
import type { Me } from '../../schedule/model.ts'
import { planView, type Plan } from '../plan.ts'

export function asksForSeveral(device: Device, me: Me | null): readonly Plan[] {
  return (me?.students ?? [])
    .flatMap(({ id }) => device.statesOf(planView, `student:${id}`))
    .flatMap(({ state }) => ((state.versions.at(-1)?.body.mastery?.min_staff ?? 1) > 1 ? [state] : []))
}
