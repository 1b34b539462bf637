/**
 * The draft of a report on the desk: what is typed is on the screen at once and in a record as soon as the hand rests, on
 * this device first, so that a reload or a tunnel loses nothing. Nothing is recorded before something was changed.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import type { Draft } from '../../../platform/web/store/draft.ts'
import { CaptureRefused } from '../../../platform/web/store/errors.ts'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import type { DraftBody, Edit } from '../records.ts'
import type { ReportState } from '../rules.ts'

const REST_MS = 1200

export interface DraftDesk {
  readonly report: Uuid
  readonly body: DraftBody
  /** What is here now can be no record: too large, or with a character that cannot be stored. */
  readonly refused: boolean
  set(patch: Partial<Pick<DraftBody, 'period' | 'lang'>>): void
  edit(program: Uuid, patch: Omit<Edit, 'program'>): void
  /** Nothing is kept any more: it became final. */
  close(): void
}

/** What is read only once, when the page is opened. */
export function useDraft(
  student: Uuid,
  first: { readonly state: ReportState | undefined; readonly body: DraftBody },
  records: boolean,
): DraftDesk {
  const device = useDevice()
  const [report] = useState(() => first.state?.report ?? uuidv7(device.clock.now()))
  const [body, put] = useState(first.body)
  const [refused, setRefused] = useState(false)
  const waiting = useRef<DraftBody | null>(null)

  const flush = useCallback(() => {
    const kept = waiting.current
    waiting.current = null
    if (!kept) return
    // read by a strict schema from JSON, so it is JSON
    const body = kept as unknown as Draft['body']
    const draft = { kind: 'reports.report', body, student, refs: { report } }
    try {
      // what cannot be kept is listed among what needs its person
      device.capture(draft).kept.catch(() => undefined)
      setRefused(false)
    } catch (error) {
      if (!(error instanceof CaptureRefused)) throw error
      setRefused(true)
    }
  }, [device, report, student])

  useEffect(() => {
    if (waiting.current === null) return
    const timer = setTimeout(flush, REST_MS)
    return () => clearTimeout(timer)
  }, [body, flush])
  useEffect(() => {
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [flush])

  const change = (next: DraftBody) => {
    if (records) waiting.current = next
    put(next)
  }
  return {
    report,
    body,
    refused,
    set: (patch) => change({ ...body, ...patch }),
    edit(program, patch) {
      const before = body.edits.find((one) => one.program === program) ?? { program }
      const edits = [...body.edits.filter((one) => one.program !== program), { ...before, ...patch }]
      change({ ...body, edits })
    },
    close() {
      waiting.current = null
    },
  }
}
