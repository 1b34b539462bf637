/**
 * The problem catalogue: every way in which the server says no (RFC 9457). A code is stable and is what clients
 * branch on; the status and the words belong to it. The shape of `detail` is given beside each entry.
 */

interface Entry {
  readonly status: number
  readonly title: string
}

export const PROBLEMS = {
  // — requests as a whole —
  'request.invalid': { status: 422, title: 'Something in the request has the wrong shape.' }, // field: dotted path
  'request.not_json': { status: 415, title: 'The request must be JSON.' },
  'request.too_large': { status: 413, title: 'The request is too large. Send less at once.' },
  'request.cross_site': { status: 403, title: 'This request came from another site.' },
  'request.not_found': { status: 404, title: 'Nothing is here.' },
  'request.too_many': { status: 429, title: 'Too many requests. Wait a moment.' },
  'session.missing': { status: 401, title: 'Sign in first.' },
  'session.refused': { status: 401, title: 'The e-mail address or the password is not right.' },
  'session.other_person': {
    status: 401,
    title: 'Somebody else is signed in on this browser now. Sign in again.',
  },
  'device.revoked': { status: 401, title: 'This device was signed out from elsewhere. Sign in again.' },
  'device.not_yours': { status: 409, title: 'This device belongs to somebody else.' },
  'invitation.over': {
    status: 410,
    title: 'This invitation was used or its time is over. Ask the school for a new one.',
  },
  'pin.refused': {
    status: 401,
    title: 'This PIN opens nothing here. Try it again, or sign in with your password.',
  },
  'pin.too_easy': { status: 422, title: 'This PIN is one that others try first. Choose another.' },
  'pin.sign_in_first': {
    status: 403,
    title: 'Sign in with your password first: a PIN is chosen within half an hour of it.',
  },
  'session.no_district': { status: 403, title: 'This account belongs to no district yet.' },
  'access.denied': { status: 404, title: 'Nothing is here.' }, // deny looks like absence, on purpose
  'role.not_permitted': { status: 403, title: 'Your role may not do this.' },
  'server.failed': {
    status: 500,
    title: 'Something went wrong on the server. Your work is kept on your device.',
  },
  'server.stopping': { status: 503, title: 'The server is restarting. Try again in a moment.' },
  'server.busy': { status: 503, title: 'The server is busy. Try again in a moment.' },
  'database.unavailable': {
    status: 503,
    title: 'The database cannot be reached. Your work is kept on your device.',
  },
  'database.full': { status: 507, title: 'The server has no room left. Your work is kept on your device.' },
  'demo.off': { status: 404, title: 'Nothing is here.' },
  'feed.epoch': { status: 409, title: 'The server was restored. Offer your records again and start anew.' }, // epoch: uuid
  'feed.cursor': { status: 422, title: 'The cursor cannot be read.' },

  // — one record of a batch: in its acknowledgement, never for the batch —
  'record.malformed': { status: 422, title: 'The record lacks a field or has one of the wrong shape.' }, // field
  'record.too_large': { status: 413, title: 'The record is larger than 64 kB.' },
  'record.unstorable': { status: 422, title: 'The record holds characters that cannot be stored.' }, // field
  'record.unknown_kind': { status: 422, title: 'This server does not know this kind of record.' },
  'record.unknown_version': { status: 422, title: 'This server is older than the app on the device.' },
  'record.old_version': {
    status: 422,
    title: 'The app on the device is too old. Update it; the record is kept.',
  },
  'record.body': { status: 422, title: 'The content of the record has the wrong shape.' }, // field
  'record.refs': { status: 422, title: 'The record names other records wrongly.' }, // field
  'record.ref_kind': { status: 422, title: 'The record refers to something of another kind.' },
  'record.ref_student': { status: 422, title: 'The record refers to something of another student.' },
  'record.ref_program': { status: 422, title: 'The record refers to something of another program.' },
  'record.student_missing': { status: 422, title: 'The record must name its student.' },
  'record.student_unwanted': { status: 422, title: 'This kind of record names no student.' },
  'record.not_permitted': {
    status: 403,
    title: 'You were not with this student then, or your role may not record this.',
  },
  'record.clock_disagrees': {
    status: 403,
    title: 'The clock of the device was wrong; a supervisor looks at it.',
  },
  'record.too_late': {
    status: 403,
    title: 'It arrived too long after the assignment ended; a supervisor looks at it.',
  },
  'record.on_behalf': { status: 403, title: 'Your role may not record on behalf of somebody else.' },
  'record.not_yours': {
    status: 403,
    title: 'Only its author, for a day, or the case manager may correct it.',
  },
  'record.replaces_elsewhere': { status: 422, title: 'A correction must stay with the record it corrects.' },
  'record.sealed': { status: 409, title: 'This is final and is never changed. Add to it instead.' },
  'record.reason_missing': { status: 422, title: 'A correction needs a reason.' },
  'record.partition_full': { status: 422, title: 'This session holds as many records as it can.' },
  'record.device_not_yours': { status: 403, title: 'The record names a device of somebody else.' },
  'record.unreadable': {
    status: 422,
    title: 'The sealed record cannot be opened. It stays on its device for whoever made it.',
  },
  'record.signature': { status: 403, title: 'The signature of the record is not that of its author.' },
  'record.key_revoked': {
    status: 403,
    title: 'The device that signed the record was signed out; a supervisor looks at it.',
  },
  'record.id_reused': { status: 409, title: 'Another record already has this id. Both are kept.' },
  'import.demo': {
    status: 409,
    title:
      'This is the demo school: anyone may enter it, so no roster is imported here. Nothing was changed.',
  },
  'team.dates': {
    status: 422,
    title: 'These dates cannot be: nobody joins a team in the past, or leaves before they come.',
  },
  'guardian.no_document': {
    status: 409,
    title: 'Both parents have every right unless a document says otherwise. Give the number of the order.',
  },
  'report.not_final': { status: 409, title: 'This report is a draft. Make it final first.' },
  'session.measure_differs': { status: 409, title: 'The session does not measure as its program says.' },
  'coverage.no_plan': {
    status: 503,
    title: 'No plan was found in time. Assign by hand; nothing has changed.',
  },
  'coverage.day_changed': {
    status: 409,
    title: 'The day has changed since this plan was made. Plan it again.',
  }, // changed: what, with commas
  'coverage.refused': { status: 409, title: 'This person may not do this.' }, // why: code; tasks: with commas
  'coverage.not_proposed': { status: 409, title: 'This plan was approved or replaced already.' },
  'training.allowed_by_you': {
    status: 409,
    title:
      'You allowed this a short while ago. Ask somebody else who leads the school, train them, or plan another adult.',
  },
  'training.allowed_enough': {
    status: 409,
    title: 'This was allowed as often as it may be. Train them, or plan another adult.',
  },
  'calendar.block_in_use': { status: 409, title: 'Somebody’s day still has something in this block.' }, // field: its code
  'care.no_plan': { status: 409, title: 'There was no feeding plan that was signed and held on that day.' },
} as const satisfies Record<string, Entry>

export type ProblemCode = keyof typeof PROBLEMS

export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly extra: Readonly<Record<string, string | number>>

  constructor(code: ProblemCode, extra: Record<string, string | number> = {}) {
    super(PROBLEMS[code].title)
    this.name = 'Problem'
    this.code = code
    this.status = PROBLEMS[code].status
    this.extra = extra
  }

  /** The body of the answer: `application/problem+json`. */
  toJSON(): Record<string, unknown> {
    return {
      type: `urn:handrail:problem:${this.code}`,
      title: this.message,
      status: this.status,
      code: this.code,
      ...this.extra,
    }
  }
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code)
}

/**
 * The database is away, busy or ending, or a transaction lost its turn to others more often than it is run again: each
 * may go well in a moment, and none says anything about what was asked. Classes and codes: PostgreSQL, Appendix A.
 */
const AWAY =
  /^(08...|57P..|57014|55P03|25P0[34]|40001|40P01|53[34]00|58...|E(CONN\w+|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH|NETDOWN))$/

const LOST =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired)/

/** What PostgreSQL's SQLSTATEs mean to a person, also where a library wrapped the error. Undefined: nobody's fault but ours. */
export function problemOfDatabase(error: unknown): Problem | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown }
  if (typeof code !== 'string') {
    // the driver's own errors about its connection carry no code
    if (typeof message === 'string' && LOST.test(message)) return new Problem('database.unavailable')
    return problemOfDatabase(cause)
  }
  if (code === '53100' || code === '53200' || code === 'ENOSPC') return new Problem('database.full')
  if (AWAY.test(code)) return new Problem('database.unavailable')
  // refused by row-level security: the second wall said no where the first did not
  if (code === '42501') return new Problem('access.denied')
  return undefined
}

/** Serialization failure and deadlock: run the transaction again, never bother anybody (F41). */
export function isRetryable(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return code === '40001' || code === '40P01'
}
